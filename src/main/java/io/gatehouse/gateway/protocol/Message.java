package io.gatehouse.gateway.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.plan.MediaTypes;

/**
 * One JSON-RPC message from a client.
 *
 * @param id exactly as it came, of its JSON type; null for a notification
 * @param method null for a response
 * @param params empty where there are none
 */
public record Message(Kind kind, JsonNode id, String method, ObjectNode params) {

    /** The three kinds of JSON-RPC, and what the legacy era says by a method of HTTP. */
    public enum Kind {
        REQUEST,
        NOTIFICATION,
        RESPONSE,
        /** GET: the client listens. */
        LISTEN,
        /** DELETE: the client ends its session. */
        END
    }

    static final Message LISTEN = new Message(Kind.LISTEN, null, null, JsonNodeFactory.instance.objectNode());
    static final Message END = new Message(Kind.END, null, null, JsonNodeFactory.instance.objectNode());

    /** @throws Fault for what is neither a POST of JSON nor a GET or DELETE */
    public static void check(Arrival arrival) {
        if (arrival.method().equals("GET") || arrival.method().equals("DELETE")) {
            return;
        }
        if (!arrival.method().equals("POST")) {
            throw Fault.notAllowed("DELETE, GET, POST");
        }
        if (!MediaTypes.essence(arrival.header("Content-Type")).equals("application/json")) {
            throw new Fault(415, Fault.INVALID_REQUEST, "The Content-Type must be application/json");
        }
    }

    /** Whether its answer is open for as long as the client listens. */
    public boolean isListening() {
        return kind == Kind.LISTEN || Methods.LISTEN.equals(method);
    }

    /** Whether a member can be the id of a message. */
    static boolean isId(JsonNode id) {
        return id != null && (id.isTextual() || id.isIntegralNumber());
    }

    /** @throws Fault for what is no single JSON-RPC message */
    static Message of(JsonNode body) {
        if (body.isArray()) {
            throw new Fault(400, Fault.INVALID_REQUEST, "Batches are not taken; send one message at a time");
        }
        if (!body.isObject() || !body.path("jsonrpc").asText().equals("2.0")) {
            throw new Fault(400, Fault.INVALID_REQUEST, "The body is not a JSON-RPC 2.0 message");
        }
        JsonNode id = body.get("id");
        boolean isId = isId(id);
        if (!body.has("method") && isId && (body.has("result") || body.has("error"))) {
            return new Message(Kind.RESPONSE, id, null, JsonNodeFactory.instance.objectNode());
        }
        if (!body.path("method").isTextual() || id != null && !isId) {
            throw new Fault(400, Fault.INVALID_REQUEST,
                    "A message needs a method, and its id, if it has one, is a string or an integer");
        }
        JsonNode params = body.path("params");
        if (!params.isMissingNode() && !params.isObject()) {
            throw new Fault(400, Fault.INVALID_REQUEST, "params must be an object");
        }
        return new Message(isId ? Kind.REQUEST : Kind.NOTIFICATION, id, body.get("method").asText(),
                params instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode());
    }
}
