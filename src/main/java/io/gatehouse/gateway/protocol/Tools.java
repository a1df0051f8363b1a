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

/** {@code tools/call} as far as the eras agree on it. */
@Singleton
class Tools {

    private final ToolCalls calls;

    @Inject
    Tools(ToolCalls calls) {
        this.calls = calls;
    }

    /** @throws Fault for a tool that is not there and for parameters of the wrong shape */
    Uni<Outcome> call(Turn turn) {
        Tool tool = tool(turn);
        JsonNode arguments = turn.message().params().path("arguments");
        if (!arguments.isMissingNode() && !arguments.isObject()) {
            throw Fault.inBand("arguments must be an object");
        }
        return calls.call(tool, arguments instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode(), null)
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
            throw Fault.inBand("Unknown tool: " + name);
        }
        turn.known().located().arrival().observation().tool(name);
        return tool;
    }
}
