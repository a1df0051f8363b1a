package io.gatehouse.tools.operation;

import java.time.Instant;

/**
 * One operation of a collection.
 *
 * @param id in the one catalogue of things that can become tools
 * @param objectId the same, as 24 hexadecimal characters
 * @param name slug, unique in its collection
 * @param title null when the document gives none
 * @param inputSchema JSON Schema as text, or null where it can't be a tool
 * @param refusal why it can't be a tool, or null
 */
public record Endpoint(long id, String objectId, long collectionId, long projectId, String name, String title,
        String description,
        String method, String path, String inputSchema,
        String refusal, boolean enabled, Instant createdAt) {
}
