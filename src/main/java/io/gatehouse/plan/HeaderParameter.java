package io.gatehouse.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

    /** The valid annotations of an input schema, which is JSON text. */
    public static List<HeaderParameter> of(String schema) {
        List<HeaderParameter> found = new ArrayList<>();
        if (schema.contains(KEYWORD)) {
            try {
                find(JSON.readTree(schema), JsonPointer.empty(), found, new HashSet<>(), new HashSet<>());
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }
        return found;
    }

    /**
     * Takes the annotations that are not valid out of a schema.
     *
     * @param annotated every schema in it that has one
     */
    public static void sanitize(ObjectNode schema, List<ObjectNode> annotated) {
        Set<JsonNode> valid = Collections.newSetFromMap(new IdentityHashMap<>());
        find(schema, JsonPointer.empty(), new ArrayList<>(), new HashSet<>(), valid);
        annotated.stream().filter(owner -> !valid.contains(owner)).forEach(owner -> owner.remove(KEYWORD));
    }

    private static void find(JsonNode schema, JsonPointer place, List<HeaderParameter> found, Set<String> names,
            Set<JsonNode> owners) {
        schema.path("properties").properties().forEach(entry -> {
            JsonNode property = entry.getValue();
            JsonPointer argument = place.appendProperty(entry.getKey());
            String name = property.path(KEYWORD).asText();
            String type = property.path("type").asText();
            if (TOKEN.matcher(name).matches() && TYPES.contains(type) && names.add(name.toLowerCase(Locale.ROOT))) {
                found.add(new HeaderParameter(name, argument, type.equals("integer")));
                owners.add(property);
            }
            find(property, argument, found, names, owners);
        });
    }
}
