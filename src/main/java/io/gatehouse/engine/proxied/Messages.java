package io.gatehouse.engine.proxied;

import java.io.IOException;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.BoundedNumbers;
import io.gatehouse.plan.MediaTypes;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;

/** Reads the JSON-RPC messages in an upstream's answers, be they JSON or server-sent events. */
public final class Messages {

    private static final int DEEPEST = 500;
    private static final int NOT_INITIALIZED = -32_000;
    private static final int UNSUPPORTED_VERSION = -32_022;
    private static final int REFUSED = 400;
    private static final int TOO_MANY = 429;
    private static final int BROKEN = 500;
    private static final JsonMapper JSON = BoundedNumbers.strictMapper();

    static {
        JSON.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST)
                .maxStringLength(Integer.MAX_VALUE).build());
    }

    private Messages() {
    }

    /**
     * The messages in their order. Fails with a {@link Problem} of kind UPSTREAM for an answer without any, and for what is
     * no JSON-RPC.
     *
     * @param most bytes of one message
     */
    public static Multi<ObjectNode> of(UpstreamAnswer answer, long most) {
        int status = answer.status();
        String type = MediaTypes.essence(answer.headers().get("Content-Type"));
        if (status < REFUSED && type.equals("text/event-stream")) {
            SseReader reader = new SseReader(most);
            return answer.body().onItem().transformToIterable(reader::read).map(Messages::parse);
        }
        if (type.equals("application/json") && (status < 300 || status >= REFUSED) && status != 401 && status != 403) {
            return answer.whole(most).map(Messages::parse).toMulti();
        }
        answer.abort();
        return Multi.createFrom().failure(refusal(status));
    }

    /** Whether it is an error by which servers of one era refuse what is said in the other, or without a session. */
    static boolean isOfAnotherEra(ObjectNode message) {
        JsonNode error = message.path("error");
        int code = error.path("code").asInt();
        return error.isObject() && (!message.hasNonNull("id") || code == NOT_INITIALIZED || code == UNSUPPORTED_VERSION);
    }

    /** What a response says of its failure, as {@code error.type} of OpenTelemetry has it; or null. */
    public static String error(ObjectNode response) {
        JsonNode error = response.path("error");
        return error.isObject() ? error.path("code").asText()
                : response.path("result").path("isError").asBoolean() ? "tool_error" : null;
    }

    /** What an answer of this status says when it says nothing in JSON-RPC. */
    public static Problem refusal(int status) {
        return switch (status) {
            case 401, 403 -> Problem.upstreamFault("upstream_refused",
                    "The MCP server behind this one refuses the credential that it is shown (HTTP " + status + ")");
            case 301, 302, 303, 307, 308 -> Problem.upstreamFault("upstream_moved", "The MCP server behind this one has moved: "
                    + "it answers with a redirect (HTTP " + status + "), which is not followed");
            default -> Problem.upstreamFault(status == TOO_MANY || status >= BROKEN ? "upstream_error" : "not_mcp",
                    "The MCP server behind this one answers with HTTP " + status + " and no message of MCP");
        };
    }

    /** @throws Problem UPSTREAM */
    public static ObjectNode parse(Buffer json) {
        return parse(() -> JSON.readTree(json.getBytes()));
    }

    private static ObjectNode parse(String json) {
        return parse(() -> JSON.readTree(json));
    }

    private interface Source {
        JsonNode read() throws IOException;
    }

    /** Numbers that Java can't hold are no input errors to the library, so whatever it throws counts as one. */
    private static ObjectNode parse(Source source) {
        try {
            if (source.read() instanceof ObjectNode message && message.path("jsonrpc").asText().equals("2.0")) {
                return message;
            }
        } catch (IOException | RuntimeException e) {
            throw Problem.upstreamFault("not_mcp", "The MCP server behind this one answers with invalid JSON");
        }
        throw Problem.upstreamFault("not_mcp", "The MCP server behind this one answers with something else than JSON-RPC");
    }
}
