package io.gatehouse.connections;

import java.time.Instant;

/**
 * A way to reach a back end, without its secret.
 *
 * @param baseUrl absolute without a trailing slash, or null for the one that the API's document names
 */
public record Connection(long id, long projectId, String name, Scheme scheme, String baseUrl, Instant createdAt,
        Instant updatedAt) {
}
