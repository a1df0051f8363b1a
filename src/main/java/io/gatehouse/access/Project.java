package io.gatehouse.access;

import java.time.Instant;

/** A project of a workspace: what is used together lives in one. */
public record Project(long id, String name, long folderId, Instant createdAt) {
}
