package io.gatehouse.access;

import java.time.Instant;

/**
 * A folder of a project.
 *
 * @param parentId null for the project's own folder
 */
public record Folder(long id, long projectId, Long parentId, String name, Instant createdAt) {
}
