package io.gatehouse.access.oauth;

import java.time.Instant;

/**
 * What a person lets an application do in their name at one MCP server.
 *
 * @param resource the server's URL as the application knows it
 * @param scope as OAuth writes it
 */
record Grant(long id, long workspaceId, long userId, long serverId, String clientId, String resource, String scope,
        Instant expiresAt) {

    /** The word of change notices for a grant. */
    static String topic(long id) {
        return "grant:" + id;
    }
}
