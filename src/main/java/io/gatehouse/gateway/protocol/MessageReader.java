package io.gatehouse.gateway.protocol;

import java.io.IOException;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.gatehouse.plan.BoundedNumbers;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Reads messages, which are nested so deep at most, and have no number out of bounds. */
@Singleton
public class MessageReader {

    /** What is read is written, validated and compared too, by code that goes down into it. */
    private static final int DEEPEST = 1_000;

    private final int deepest;
    private final JsonMapper json = BoundedNumbers.strictMapper();
    private final JsonMapper ids = BoundedNumbers.strictMapper();

    @Inject
    MessageReader(@ConfigProperty(name = "gatehouse.gateway.max-depth", defaultValue = "100") int deepest) {
        if (deepest < 1 || deepest > DEEPEST) {
            throw new IllegalArgumentException("gatehouse.gateway.max-depth must be from 1 to " + DEEPEST);
        }
        this.deepest = deepest;
        bound(json.getFactory(), deepest);
        bound(ids.getFactory(), DEEPEST);
    }

    private static void bound(JsonFactory factory, int depth) {
        factory.setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(depth).build());
    }

    /**
     * @param method of HTTP
     * @throws Fault for what is no single JSON-RPC message
     */
    public Message read(String method, Buffer body) {
        return switch (method) {
            case "GET" -> Message.LISTEN;
            case "DELETE" -> Message.END;
            default -> Message.of(parse(body.getBytes()));
        };
    }

    /** The id of a message that is refused, as far as it has one; or null. */
    public JsonNode idOf(Buffer body) {
        try {
            JsonNode id = ids.readTree(body.getBytes()).get("id");
            return Message.isId(id) ? id : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Numbers that Java can't hold are no input errors to the library, so whatever it throws counts as one. */
    private JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException | RuntimeException e) {
            throw e instanceof StreamConstraintsException && isTooDeep(body)
                    ? new Fault(400, Fault.INVALID_REQUEST, "The message is nested more than " + deepest + " levels deep")
                    : new Fault(400, Fault.PARSE_ERROR, "The body is not valid JSON, or has a number out of bounds");
        }
    }

    private boolean isTooDeep(byte[] body) {
        int depth = 0;
        boolean inText = false;
        for (int i = 0; i < body.length && depth <= deepest; i++) {
            byte b = body[i];
            if (inText && b == '\\') {
                i++;
            } else if (b == '"') {
                inText = !inText;
            } else if (!inText && (b == '{' || b == '[')) {
                depth++;
            } else if (!inText && (b == '}' || b == ']')) {
                depth--;
            }
        }
        return depth > deepest;
    }
}
