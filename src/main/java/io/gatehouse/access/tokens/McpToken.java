package io.gatehouse.access.tokens;

import java.time.Instant;

/**
 * A token as a plan needs it: the digest of {@link TokenDigest}, never the token.
 *
 * @param expiresAt null for never
 */
public record McpToken(long id, String digest, Instant expiresAt) {
}
