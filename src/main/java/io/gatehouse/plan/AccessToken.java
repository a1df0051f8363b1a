package io.gatehouse.plan;

/**
 * A credential that opens a server.
 *
 * @param digest lower-case hex SHA-256 of the token
 */
public record AccessToken(long id, String digest) {
}
