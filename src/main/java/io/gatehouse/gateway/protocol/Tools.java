package io.gatehouse.gateway.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.Outcome;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.call.Tool;
import io.gatehouse.gateway.call.ToolCalls;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** {@code tools/list} and {@code tools/call} as far as the eras agree on them. */
@Singleton
class Tools {

    /** In both eras what a handler refuses is HTTP 200. */
    private static final int IN_BAND = 200;

    private final ToolCalls calls;

    @Inject
    Tools(ToolCalls calls) {
        this.calls = calls;
    }

    byte[] list(Turn turn, ToolPages pages) {
        JsonNode cursor = turn.message().params().path("cursor");
        if (!cursor.isMissingNode() && !cursor.isTextual()) {
            throw new Fault(IN_BAND, Fault.INVALID_PARAMS, "cursor must be a string");
        }
        try {
            return pages.after(cursor.isMissingNode() ? null : cursor.asText());
        } catch (IllegalArgumentException e) {
            throw new Fault(IN_BAND, Fault.INVALID_PARAMS, "Unknown cursor");
        }
    }

    /** @throws Fault for a tool that is not there and for parameters of the wrong shape */
    Uni<Outcome> call(Turn turn) {
        Tool tool = tool(turn);
        JsonNode arguments = turn.message().params().path("arguments");
        if (!arguments.isMissingNode() && !arguments.isObject()) {
            throw new Fault(IN_BAND, Fault.INVALID_PARAMS, "arguments must be an object");
        }
        return calls.call(tool, arguments instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode())
                .invoke(outcome -> {
                    if (outcome.isError()) {
                        turn.known().located().arrival().observation().toolFailed();
                    }
                });
    }

    /** The tool that is named. */
    Tool tool(Turn turn) {
        String name = turn.message().params().path("name").asText();
        Tool tool = turn.known().located().server().tool(name);
        if (tool == null) {
            throw new Fault(IN_BAND, Fault.INVALID_PARAMS, "Unknown tool: " + name);
        }
        turn.known().located().arrival().observation().tool(name);
        return tool;
    }
}
