package io.gatehouse.gateway.cancel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.gatehouse.gateway.Known;

/**
 * By what a client names a request: its id, of its JSON type. Ids are unique for one client only, and clients that share a
 * token often count alike; so the address that a client comes from belongs to the key, as far as proxies can be believed.
 */
record FlightKey(long serverId, String subject, String address, JsonNode id) {

    private static final int FIELDS = 4;
    private static final String UNKNOWN = "";

    static FlightKey of(Known known, JsonNode id) {
        String address = known.located().arrival().observation().address();
        return new FlightKey(known.located().server().plan().serverId(), known.caller().subject(),
                address == null ? UNKNOWN : address, id);
    }

    ArrayNode write() {
        return JsonNodeFactory.instance.arrayNode(FIELDS).add(serverId).add(subject).add(address).add(id);
    }

    static FlightKey read(JsonNode written) {
        return new FlightKey(written.path(0).asLong(), written.path(1).asText(), written.path(2).asText(),
                written.path(3));
    }
}
