package io.gatehouse.upstreams;

import java.time.Duration;

/**
 * An upstream as a request wants it; what is null stays, or is as usual for a new one.
 *
 * @param name for people
 * @param objectId of the one that is meant, which never changes; null for whichever it is
 * @param credential null for none in a new one
 */
public record UpstreamDraft(String objectId, String name, String url, CredentialWish credential, Duration timeout,
        AllowedTools allowedTools,
        ChangePolicy changePolicy) {

    /** Fails with INVALID that tells all that is wrong with it, as far as it can be told before anybody is asked. */
    public UpstreamDraft check(boolean isNew) {
        UpstreamRules.check(this, isNew);
        return this;
    }
}
