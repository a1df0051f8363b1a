package io.gatehouse.servers;

import java.time.Instant;

/**
 * An MCP server as it is defined.
 *
 * @param objectId 24 hexadecimal characters
 * @param handle in URLs; unique, never changed
 * @param url where agents connect, without a token
 */
public record Server(long id, String objectId, String handle, String name, String description, long projectId,
        long folderId, AuthenticationMethod authenticationMethod, String url, Instant createdAt, Instant updatedAt) {
}
