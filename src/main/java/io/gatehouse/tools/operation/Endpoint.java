package io.gatehouse.tools.operation;

import java.time.Instant;

/**
 * One operation of a collection.
 *
 * @param id in the one catalogue of things that can become tools
 * @param name slug, unique in its collection
 * @param title null when the document gives none
 * @param refusal why it can't be a tool, or null
 */
public record Endpoint(long id, long collectionId, long projectId, String name, String title, String description,
        String method, String path, String refusal, boolean enabled, Instant createdAt) {
}
