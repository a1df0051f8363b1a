package io.gatehouse.access.people;

import java.time.Instant;
import java.util.List;

/**
 * A person who uses MCP servers.
 *
 * @param email unique in the workspace, whatever its capitals
 * @param active whether the person is let in at all
 * @param secondFactor whether a password alone does not let the person in
 * @param epoch what the person opened, such as a session of a browser, is good while this is what it was then
 * @param groupIds the groups that the person is in
 */
public record EndUser(long id, String name, String email, boolean active, boolean hasPassword, boolean secondFactor, int epoch,
        List<Long> groupIds, Instant createdAt, Instant updatedAt) {
}
