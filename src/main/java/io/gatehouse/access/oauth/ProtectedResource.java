package io.gatehouse.access.oauth;

import java.util.List;
import java.util.Set;

/**
 * An MCP server that identity opens, or the management API.
 *
 * @param serverId null for the management API
 * @param url by which a client asked for it (RFC 8707)
 * @param name for people
 * @param federated whether people sign in at the organisation's own provider
 * @param groups of whom anybody may use it
 */
public record ProtectedResource(long workspaceId, Long serverId, String url, String name, boolean federated,
        Set<Long> groups) {

    public boolean isManagement() {
        return serverId == null;
    }

    /** What applications can ask for. */
    List<String> scopes() {
        return isManagement() ? List.of(Scopes.MANAGEMENT) : Scopes.ALL;
    }

    boolean isOpenTo(Set<Long> memberships) {
        return memberships.stream().anyMatch(groups::contains);
    }
}
