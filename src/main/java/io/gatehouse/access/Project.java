package io.gatehouse.access;

import java.time.Instant;

/** A project of a workspace: what is used together lives in one. It shares its name with its own folder. */
public record Project(long id, String name, String description, long folderId, Instant createdAt, Instant updatedAt) {
}
