package io.gatehouse.access.accounts;

import java.time.Instant;
import java.util.List;

/**
 * A program that uses MCP servers in its own name.
 *
 * @param clientId what it calls itself at the token endpoint
 * @param hasKeys whether it signs what it says, or else has a secret
 * @param epoch tokens that it got are good while this is what it was then
 * @param groupIds the user groups that it is in
 */
public record ServiceAccount(long id, long workspaceId, String name, String clientId, boolean hasKeys, int epoch,
        List<Long> groupIds, Instant createdAt, Instant updatedAt) {
}
