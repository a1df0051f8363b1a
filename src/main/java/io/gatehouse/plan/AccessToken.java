package io.gatehouse.plan;

import java.time.Instant;

/**
 * A credential that opens a server.
 *
 * @param digest lower-case hex SHA-256 of the token
 * @param expiresAt null for never
 */
public record AccessToken(long id, String digest, Instant expiresAt) {
}
