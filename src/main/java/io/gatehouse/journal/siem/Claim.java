package io.gatehouse.journal.siem;

/**
 * A destination that this replica holds, as it was when it was claimed.
 *
 * @param isBehind whether somebody has noted that not all is there
 * @param version by which the cursor knows whether the claim is still good
 */
record Claim(long destination, long workspace, DestinationKind kind, Target target, Credentials credentials,
        boolean activity, boolean audit, String level, Progress progress, long version, int failures,
        boolean isBehind) {

    Claim at(Progress reached, boolean behind) {
        return new Claim(destination, workspace, kind, target, credentials, activity, audit, level, reached, version, 0,
                behind);
    }
}
