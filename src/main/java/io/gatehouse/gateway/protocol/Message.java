package io.gatehouse.gateway.protocol;

import java.io.IOException;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.plan.BoundedNumbers;
import io.gatehouse.plan.MediaTypes;
import io.vertx.core.buffer.Buffer;

/**
 * One JSON-RPC message from a client.
 *
 * @param id exactly as it came, of its JSON type; null for a notification
 * @param method null for a response
 * @param params empty where there are none
 */
public record Message(Kind kind, JsonNode id, String method, ObjectNode params) {

    private static final int DEEPEST = 100;
    private static final JsonMapper JSON = BoundedNumbers.strictMapper();

    static {
        JSON.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    }

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

    private static final Message LISTEN = new Message(Kind.LISTEN, null, null, JsonNodeFactory.instance.objectNode());
    private static final Message END = new Message(Kind.END, null, null, JsonNodeFactory.instance.objectNode());

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

    /**
     * @param method of HTTP
     * @throws Fault for what is no single JSON-RPC message
     */
    public static Message read(String method, Buffer body) {
        return switch (method) {
            case "GET" -> LISTEN;
            case "DELETE" -> END;
            default -> of(parse(body));
        };
    }

    /** The id of a message that is refused, as far as it has one; or null. */
    public static JsonNode idOf(Buffer body) {
        try {
            JsonNode id = parse(body).get("id");
            return isId(id) ? id : null;
        } catch (Fault e) {
            return null;
        }
    }

    /** Numbers that Java can't hold are no input errors to the library, so whatever it throws counts as one. */
    private static JsonNode parse(Buffer body) {
        try {
            return JSON.readTree(body.getBytes());
        } catch (IOException | RuntimeException e) {
            throw new Fault(400, Fault.PARSE_ERROR, "The body is not valid JSON, or has a number or a nesting out of bounds");
        }
    }

    private static boolean isId(JsonNode id) {
        return id != null && (id.isTextual() || id.isIntegralNumber());
    }

    private static Message of(JsonNode body) {
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
