package io.gatehouse.gateway.cancel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Known;

/**
 * By what a client names a request: its id, of its JSON type. Ids are unique for one client only, and clients that share a
 * token often count alike; so the address that a client comes from belongs to the key.
 */
record FlightKey(long serverId, String subject, String address, JsonNode id) {

    private static final int FIELDS = 4;
    private static final int LONGEST_ADDRESS = 64;

    static FlightKey of(Known known, JsonNode id) {
        return new FlightKey(known.located().server().plan().serverId(), known.caller().subject(),
                address(known.located().arrival()), id);
    }

    /** As told by proxies in front, who may say what they want: it is no proof of anything. */
    private static String address(Arrival arrival) {
        String forwarded = arrival.header("X-Forwarded-For");
        if (forwarded == null) {
            return arrival.peer();
        }
        String first = forwarded.split(",", 2)[0].strip();
        return first.substring(0, Math.min(first.length(), LONGEST_ADDRESS));
    }

    ArrayNode write() {
        return JsonNodeFactory.instance.arrayNode(FIELDS).add(serverId).add(subject).add(address).add(id);
    }

    static FlightKey read(JsonNode written) {
        return new FlightKey(written.path(0).asLong(), written.path(1).asText(), written.path(2).asText(),
                written.path(3));
    }
}
