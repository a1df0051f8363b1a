package io.gatehouse.gateway.protocol;

import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

import io.gatehouse.plan.PromptPlan;
import io.gatehouse.plan.ToolPlan;

/** Things as lists show them to agents, in either era. */
final class ListEntry {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ListEntry() {
    }

    static String modern(ToolPlan tool) {
        return of(tool, tool.outputSchema());
    }

    /** Without what {@link LegacyForm} leaves out. */
    static String legacy(ToolPlan tool) {
        return of(tool, isOfObjects(tool.outputSchema()) ? tool.outputSchema() : null);
    }

    private static boolean isOfObjects(String schema) {
        try {
            return schema != null && LegacyForm.isOfObjects(JSON.readTree(schema));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String of(ToolPlan tool, String outputSchema) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", tool.name());
        putIfAny(node, "title", tool.title());
        putIfAny(node, "description", tool.description());
        putRaw(node, "inputSchema", tool.inputSchema());
        putRaw(node, "outputSchema", outputSchema);
        putRaw(node, "annotations", tool.annotations());
        new TreeMap<>(tool.others()).forEach((member, json) -> putRaw(node, member, json));
        return node.toString();
    }

    private static void putRaw(ObjectNode node, String field, String json) {
        if (json != null) {
            node.putRawValue(field, new RawValue(json));
        }
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
