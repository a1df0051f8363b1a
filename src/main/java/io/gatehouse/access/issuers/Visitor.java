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
}
