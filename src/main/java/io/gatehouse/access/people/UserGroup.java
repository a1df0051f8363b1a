package io.gatehouse.access.people;

import java.time.Instant;

/**
 * People who can use the same servers.
 *
 * @param name unique in the workspace, whatever its capitals
 */
public record UserGroup(long id, String name, String description, long members, Instant createdAt, Instant updatedAt) {
}
