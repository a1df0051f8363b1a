package io.gatehouse.servers;

/**
 * Which servers a list shows; null is no restriction.
 *
 * @param search a part of the name, in any case
 * @param needsUserAccess whether a tool of the server runs as the person who calls it
 */
public record ServerFilter(Long projectId, Long folderId, AuthenticationMethod authenticationMethod, String search,
        Boolean needsUserAccess) {

    static final ServerFilter NONE = new ServerFilter(null, null, null, null, null);
}
