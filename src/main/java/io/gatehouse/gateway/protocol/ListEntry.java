package io.gatehouse.gateway.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

import io.gatehouse.plan.PromptPlan;
import io.gatehouse.plan.ToolPlan;

/** Things as lists show them to agents, in either era. */
final class ListEntry {

    private ListEntry() {
    }

    static String of(ToolPlan tool) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", tool.name());
        putIfAny(node, "title", tool.title());
        node.put("description", tool.description());
        node.putRawValue("inputSchema", new RawValue(tool.inputSchema()));
        ObjectNode hints = putIfAny(node.putObject("annotations"), "title", tool.hints().title())
                .put("readOnlyHint", tool.hints().readOnly()).put("destructiveHint", tool.hints().destructive())
                .put("idempotentHint", tool.hints().idempotent());
        if (tool.hints().openWorld() != null) {
            hints.put("openWorldHint", tool.hints().openWorld());
        }
        return node.toString();
    }

    static String of(PromptPlan prompt) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", prompt.name());
        putIfAny(node, "title", prompt.title());
        putIfAny(node, "description", prompt.description());
        ArrayNode arguments = node.putArray("arguments");
        prompt.arguments().forEach(argument -> putIfAny(arguments.addObject().put("name", argument.name()), "description",
                argument.description()).put("required", argument.required()));
        return node.toString();
    }

    private static ObjectNode putIfAny(ObjectNode node, String field, String value) {
        return value == null ? node : node.put(field, value);
    }
}
