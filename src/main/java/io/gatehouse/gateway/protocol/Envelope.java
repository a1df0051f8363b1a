package io.gatehouse.gateway.protocol;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.Arrival;

/** The metadata that every message of the modern era carries, and its agreement with the headers. */
final class Envelope {

    static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
    static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

    private static final Map<String, String> NAMED_BY = Map.of("tools/call", "name", "prompts/get", "name",
            "resources/read", "uri");

    private Envelope() {
    }

    /** What the message says its revision is; missing in the legacy era. */
    static JsonNode claim(Message message) {
        return message.params().path("_meta").path(VERSION);
    }

    static boolean isValid(Message message) {
        return claim(message).isTextual() && message.params().path("_meta").path(CAPABILITIES).isObject();
    }

    /** In the order in which the specification wants the faults told. */
    static void check(Arrival arrival, Message message) {
        if (!isValid(message)) {
            throw new Fault(400, Fault.INVALID_PARAMS, "params._meta needs " + VERSION + " as a string and "
                    + CAPABILITIES + " as an object");
        }
        String version = claim(message).asText();
        String versionHeader = agreeing(arrival, Headers.VERSION, version);
        String methodHeader = agreeing(arrival, Headers.METHOD, message.method());
        if (!Versions.MODERN.contains(version)) {
            throw unsupported(version);
        }
        present(Headers.VERSION, versionHeader);
        present(Headers.METHOD, methodHeader);
        String field = message.kind() == Message.Kind.REQUEST ? NAMED_BY.get(message.method()) : null;
        if (field == null) {
            Headers.single(arrival, Headers.NAME);
            return;
        }
        String named = Headers.decoded(arrival, Headers.NAME);
        present(Headers.NAME, named);
        if (!named.equals(message.params().path(field).asText())) {
            throw mismatch(Headers.NAME);
        }
    }

    private static String agreeing(Arrival arrival, String header, String value) {
        String sent = Headers.single(arrival, header);
        if (sent != null && !sent.equals(value)) {
            throw mismatch(header);
        }
        return sent;
    }

    private static void present(String header, String value) {
        if (value == null) {
            throw new Fault(400, Fault.HEADER_MISMATCH, "The header " + header + " is missing");
        }
    }

    static Fault mismatch(String header) {
        return new Fault(400, Fault.HEADER_MISMATCH, "The header " + header + " does not say what the body says");
    }

    private static Fault unsupported(String version) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        Versions.MODERN.forEach(data.putArray("supported")::add);
        data.put("requested", version);
        return new Fault(400, Fault.UNSUPPORTED_VERSION, "Unsupported protocol version " + version, data);
    }
}
