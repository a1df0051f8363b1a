package io.gatehouse.gateway.protocol;

import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.Outcome;
import io.gatehouse.engine.Progress;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.call.Tool;
import io.gatehouse.gateway.call.ToolCalls;
import io.gatehouse.gateway.stream.LargestAnswer;
import io.gatehouse.gateway.stream.StreamSettings;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** {@code tools/call} as far as the eras agree on it. */
@Singleton
class Tools {

    /** It is repeated in every report. */
    private static final int LONGEST_TOKEN = 1_000;

    private final ToolCalls calls;
    private final LargestAnswer largest;
    private final StreamSettings settings;

    @Inject
    Tools(ToolCalls calls, LargestAnswer largest, StreamSettings settings) {
        this.calls = calls;
        this.largest = largest;
        this.settings = settings;
    }

    /**
     * @param write makes a result of what the call came to
     * @throws Fault for a tool that is not there and for parameters of the wrong shape
     */
    Uni<Reply> call(Turn turn, Function<Outcome, byte[]> write) {
        Tool tool = tool(turn);
        JsonNode params = turn.message().params();
        JsonNode arguments = params.path("arguments");
        if (!arguments.isMissingNode() && !arguments.isObject()) {
            throw Fault.inBand("arguments must be an object");
        }
        ObjectNode given = object(arguments);
        ObjectNode meta = object(params.path("_meta"));
        Function<Progress, Uni<Reply.Json>> call = progress -> calls.call(tool, given, meta, progress,
                turn.known().located().arrival().observation().trail())
                .map(outcome -> reply(turn, outcome, write));
        JsonNode token = meta.path("progressToken");
        if (!Acceptance.listsEvents(turn)) {
            return call.apply(null).map(Reply.class::cast);
        }
        return FirstByte.within(settings.keepAlive(), turn.message(), isToken(token)
                ? ProgressReply.of(turn.message(), token, call)
                : call.apply(null).map(Reply.class::cast));
    }

    private static ObjectNode object(JsonNode node) {
        return node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    private static boolean isToken(JsonNode token) {
        return (token.isTextual() || token.isIntegralNumber()) && token.asText().length() <= LONGEST_TOKEN;
    }

    private Reply.Json reply(Turn turn, Outcome outcome, Function<Outcome, byte[]> write) {
        byte[] result = write.apply(outcome);
        if (outcome.isError()) {
            turn.known().located().arrival().observation().toolFailed();
        } else if (result.length > largest.bytes()) {
            return reply(turn, Outcome.failure("The tool's result is larger than " + largest.bytes() + " bytes"), write);
        }
        return JsonRpc.reply(turn.message(), result);
    }

    /** The tool that is named. */
    Tool tool(Turn turn) {
        String name = turn.message().params().path("name").asText();
        Tool tool = turn.known().located().server().tool(name);
        if (tool == null) {
            throw Fault.inBand("Unknown tool: " + name);
        }
        turn.known().located().arrival().observation().tool(name);
        return tool;
    }
}
