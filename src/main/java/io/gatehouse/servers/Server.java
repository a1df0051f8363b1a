package io.gatehouse.servers;

import java.time.Instant;
import java.util.List;

import io.gatehouse.servers.catalogue.Icon;

/**
 * An MCP server as it is defined.
 *
 * @param objectId 24 hexadecimal characters
 * @param handle in URLs; unique, never changed
 * @param relativeUri a slash and one segment, the other name in URLs; can change
 * @param icons null for none
 * @param authenticationMethod how agents show who they are; SSO also where an issuer outside does it beside tokens
 * @param oauth null where no issuer outside is trusted
 * @param url where agents connect, without a token
 * @param upstreamId the third-party server that it stands for, or null
 * @param version changes with every write
 * @param deletedAt null unless it is in the recycle bin
 */
public record Server(long id, String objectId, String handle, String relativeUri, String name,
        String description, List<Icon> icons, boolean enabled, long projectId, long folderId, int toolCount,
        AuthenticationMethod authenticationMethod, ExternalOAuth oauth, String url, Long upstreamId, int version,
        Instant createdAt,
        Instant updatedAt, Instant deletedAt) {
}
