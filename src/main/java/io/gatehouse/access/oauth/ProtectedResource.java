package io.gatehouse.access.oauth;

import java.util.Set;

/**
 * An MCP server that identity opens.
 *
 * @param url by which a client asked for it (RFC 8707)
 * @param name for people
 * @param federated whether people sign in at the organisation's own provider
 * @param groups of whom anybody may use it
 */
public record ProtectedResource(long workspaceId, long serverId, String url, String name, boolean federated,
        Set<Long> groups) {

    boolean isOpenTo(Set<Long> memberships) {
        return memberships.stream().anyMatch(groups::contains);
    }
}
