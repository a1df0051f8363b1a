package io.gatehouse.access.people;

import java.time.Instant;
import java.util.List;

/**
 * A person who uses MCP servers.
 *
 * @param email unique in the workspace, whatever its capitals
 * @param active whether the person is let in at all
 * @param groupIds the groups that the person is in
 */
public record EndUser(long id, String name, String email, boolean active, List<Long> groupIds, Instant createdAt,
        Instant updatedAt) {
}
