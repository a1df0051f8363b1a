package io.gatehouse.journal.chain;

/**
 * What shows that the audit trail is not as it was written.
 *
 * @param seq where in the workspace's chain, or null for what is outside of it
 */
public record Fault(long workspace, Long seq, String what) {

    @Override
    public String toString() {
        return "Workspace " + workspace + (seq == null ? "" : ", seq " + seq) + ": " + what;
    }
}
