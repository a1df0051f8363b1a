package io.gatehouse.servers.catalogue;

import java.util.Set;

/**
 * A third-party server whose tools a server has all, those of later too.
 *
 * @param upstreamObjectId 24 hexadecimal characters
 * @param prefix goes before the names of its tools; empty for none
 * @param takenOff the ids of those that somebody has taken off the server
 */
public record Source(long id, long serverId, long upstreamId, String upstreamObjectId, String prefix, Set<Long> takenOff) {
}
