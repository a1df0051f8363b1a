package io.gatehouse.tools.operation;

import java.time.Instant;
import java.util.Map;

import io.gatehouse.connections.Scheme;

/**
 * An imported API.
 *
 * @param documentVersion as the document says, or null
 * @param baseUrl of the document's first server; null when that is not absolute
 * @param security how the back end wants credentials, by scheme name, the preferred one first
 */
public record ApiCollection(long id, long projectId, String name, String documentVersion, String baseUrl,
        Long connectionId, Map<String, Scheme> security, Instant createdAt, Instant updatedAt) {
}
