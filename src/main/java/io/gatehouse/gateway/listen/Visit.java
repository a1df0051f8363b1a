package io.gatehouse.gateway.listen;

import java.time.Instant;
import java.util.Set;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.protocol.Lists;

/**
 * Who came to which server, how. Holds on to nothing of the server itself, for plans are large and guests are many.
 *
 * @param subject of the caller
 * @param until when the caller's credential expires; null for never
 * @param lists of the server as it was found
 * @param ingredients the topics whose change makes that stale
 * @param rights the topics whose change may end the caller's right
 */
public record Visit(Arrival arrival, long serverId, String subject, Instant until, Lists lists,
        Set<String> ingredients, Set<String> rights) {

    public static Visit of(Known known) {
        var server = known.located().server();
        return new Visit(known.located().arrival(), server.plan().serverId(), known.caller().subject(), known.until(),
                server.lists(), server.plan().ingredients(), known.ingredients());
    }
}
