package io.gatehouse.access.issuers;

import java.time.Instant;
import java.util.Set;

/**
 * Whom an issuer's token stands for.
 *
 * @param subject the issuer and who it is there; stable
 * @param scopes all that the token carries
 * @param until when the token expires, or null where the issuer does not say
 */
public record Visitor(String subject, Set<String> scopes, Instant until) {

    /** From when on the token lets nobody in, as much as clocks may differ; null where the issuer does not say. */
    public Instant lapse() {
        return until == null ? null : until.plusSeconds(Claims.SKEW_SECONDS);
    }
}
