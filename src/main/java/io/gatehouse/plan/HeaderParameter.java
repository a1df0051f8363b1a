package io.gatehouse.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.kernel.Text;

/**
 * An argument that clients of 2026-07-28 repeat in a header {@code Mcp-Param-<name>}, by the keyword
 * {@code x-mcp-header} of its schema. Clients drop a tool whose annotations are not valid.
 *
 * @param argument where it stands among the arguments
 */
public record HeaderParameter(String name, JsonPointer argument, boolean isInteger) {

    /** The keyword. */
    public static final String KEYWORD = "x-mcp-header";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

    private static final Set<String> VALUES = Set.of("const", "default", "enum", "example", "examples");
    private static final Set<String> BY_NAME = Set.of("properties", "patternProperties", "$defs", "definitions",
            "dependentSchemas", "dependencies");

    /** The valid annotations of an input schema, which is JSON text. */
    public static List<HeaderParameter> of(String schema) {
        if (!schema.contains(KEYWORD)) {
            return List.of();
        }
        try {
            return List.copyOf(bySchema(JSON.readTree(schema)).values());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Takes the annotations that are not valid out of a schema.
     *
     * @param annotated every schema in it that has one
     */
    public static void sanitize(ObjectNode schema, List<ObjectNode> annotated) {
        Map<JsonNode, HeaderParameter> valid = bySchema(schema);
        annotated.stream().filter(owner -> !valid.containsKey(owner)).forEach(owner -> owner.remove(KEYWORD));
    }

    /** Takes the annotations that are not valid out of a schema, wherever they stand. */
    public static void sanitize(ObjectNode schema) {
        List<ObjectNode> annotated = new ArrayList<>();
        collect(schema, annotated);
        sanitize(schema, annotated);
    }

    /** Values are no schemas, and what is named like the keyword is a property where names of properties stand. */
    private static void collect(JsonNode schema, List<ObjectNode> annotated) {
        if (schema instanceof ObjectNode object && object.has(KEYWORD)) {
            annotated.add(object);
        }
        if (schema.isArray()) {
            schema.forEach(each -> collect(each, annotated));
        }
        schema.properties().stream().filter(entry -> !VALUES.contains(entry.getKey())).forEach(entry -> {
            if (BY_NAME.contains(entry.getKey())) {
                entry.getValue().forEach(each -> collect(each, annotated));
            } else {
                collect(entry.getValue(), annotated);
            }
        });
    }

    /** By the very node that has the annotation: equal schemas may stand in several places. */
    private static Map<JsonNode, HeaderParameter> bySchema(JsonNode schema) {
        Map<JsonNode, HeaderParameter> found = new IdentityHashMap<>();
        find(schema, JsonPointer.empty(), found, new HashSet<>());
        return found;
    }

    private static void find(JsonNode schema, JsonPointer place, Map<JsonNode, HeaderParameter> found,
            Set<String> names) {
        schema.path("properties").properties().forEach(entry -> {
            JsonNode property = entry.getValue();
            JsonPointer argument = place.appendProperty(entry.getKey());
            String name = property.path(KEYWORD).isTextual() ? property.path(KEYWORD).textValue() : "";
            String type = property.path("type").asText();
            if (Text.isToken(name) && TYPES.contains(type) && names.add(name.toLowerCase(Locale.ROOT))) {
                found.put(property, new HeaderParameter(name, argument, type.equals("integer")));
            }
            find(property, argument, found, names);
        });
    }
}
