package io.gatehouse.access.oauth;

import java.time.Instant;

/**
 * What a person lets an application do in their name at one MCP server, or the management API.
 *
 * @param serverId null for the management API
 * @param resource its URL as the application knows it
 * @param scope as OAuth writes it
 */
record Grant(long id, long workspaceId, long userId, Long serverId, String clientId, String resource, String scope,
        Instant expiresAt) {

    boolean isForManagement() {
        return serverId == null;
    }

    /** The word of change notices for a grant. */
    static String topic(long id) {
        return "grant:" + id;
    }
}
