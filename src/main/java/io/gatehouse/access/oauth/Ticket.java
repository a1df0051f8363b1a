package io.gatehouse.access.oauth;

import java.time.Instant;
import java.util.Set;

/**
 * What a good access token lets its bearer do now.
 *
 * @param serverId the one MCP server that it is for
 * @param groups of the person, which decide whether that server lets them in
 * @param until when it is good no more, by itself
 * @param ingredients the topics whose change makes this stale
 */
public record Ticket(long workspaceId, long userId, long serverId, String clientId, Set<String> scopes, Set<Long> groups,
        Instant until, Set<String> ingredients) {
}
