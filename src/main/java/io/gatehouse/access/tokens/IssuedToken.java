package io.gatehouse.access.tokens;

import java.time.Instant;
import java.util.Set;

/**
 * An MCP token as those who issue it see it.
 *
 * @param objectId 24 hexadecimal characters
 * @param main whether it is the one that renewal replaces
 * @param serverIds the servers that it opens
 * @param revokedAt null while it is good
 * @param expiresAt null for never
 * @param lastUsedAt null for never; known after some seconds
 */
public record IssuedToken(long id, String objectId, String name, boolean main, Set<Long> serverIds, Instant revokedAt,
        Instant expiresAt, Instant lastUsedAt, Instant createdAt, Instant updatedAt) {

    /** One just made, in the clear for the only time. */
    public record Fresh(IssuedToken token, String secret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return token.toString();
        }
    }
}
