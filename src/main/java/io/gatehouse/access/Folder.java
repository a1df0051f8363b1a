package io.gatehouse.access;

import java.time.Instant;

/**
 * A folder of a project.
 *
 * @param parentId null for the project's own folder, which goes by the project's name
 */
public record Folder(long id, String objectId, long projectId, Long parentId, String name, String description,
        Instant createdAt, Instant updatedAt) {

    public boolean isProject() {
        return parentId == null;
    }
}
