package io.gatehouse.access;

import java.time.Instant;

/** Whom everything else belongs to. */
public record Workspace(long id, String objectId, String name, Instant createdAt) {
}
