package io.gatehouse.gateway.proxy;

import java.util.Iterator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.call.RemoteTools;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.plan.RemotePlan;

/** Holds calls and lists against the tools that a proxy server serves. */
final class ToolRules {

    private ToolRules() {
    }

    /**
     * How the upstream calls the tool that is called here.
     *
     * @return null where it is called alike
     * @throws Fault for a tool that is not served
     */
    static String upstreamName(Turn turn, RemoteTools tools) {
        JsonNode name = turn.message().params().path("name");
        if (!name.isTextual() || !tools.serves(name.textValue())) {
            throw Fault.inBand("Unknown tool: " + name.asText());
        }
        turn.known().located().arrival().observation().tool(name.textValue());
        RemotePlan.Tool tool = tools.named(name.textValue());
        return tool == null || tool.upstreamName().equals(tool.name()) ? null : tool.upstreamName();
    }

    /**
     * Takes what is not served out of a response to {@code tools/list}, and gives the rest the server's own words.
     *
     * @return whether a tool was not as the plan has it
     */
    static boolean apply(RemoteTools tools, ObjectNode response) {
        if (!(response.at("/result/tools") instanceof ArrayNode list)) {
            return false;
        }
        boolean strange = false;
        for (Iterator<JsonNode> entries = list.elements(); entries.hasNext();) {
            JsonNode entry = entries.next();
            if (!(entry instanceof ObjectNode tool)) {
                entries.remove();
                continue;
            }
            boolean isStrange = tools.isStrange(tool);
            strange |= isStrange;
            if (!isStrange && tools.isOffered(tool)) {
                tools.shown(tool);
            } else {
                entries.remove();
            }
        }
        return strange;
    }
}
