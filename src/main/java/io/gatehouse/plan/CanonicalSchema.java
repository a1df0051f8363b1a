package io.gatehouse.plan;

import java.util.Set;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas with one form for those that are written differently only. It is walked as a schema: what stands below
 * {@code properties} are names, what stands in {@code const} is data. The order in {@code anyOf} and its like is kept, for
 * references lead to places in it.
 */
final class CanonicalSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The dialect that MCP takes for granted. */
    private static final Set<String> DIALECT = Set.of("https://json-schema.org/draft/2020-12/schema",
            "https://json-schema.org/draft/2020-12/schema#");

    private static final Set<String> SUBSCHEMAS = Set.of("additionalProperties", "unevaluatedProperties",
            "additionalItems", "unevaluatedItems", "items", "contains", "propertyNames", "not", "if", "then", "else",
            "contentSchema", "allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> NAMED_SUBSCHEMAS = Set.of("properties", "patternProperties", "$defs", "definitions",
            "dependentSchemas", "dependencies");
    private static final Set<String> SETS = Set.of("required", "type", "enum");
    private static final String NAMED_SETS = "dependentRequired";

    /** Keywords that say nothing when they hold nothing. */
    private static final Set<String> MAY_BE_EMPTY = Set.of("properties", "patternProperties", "$defs", "definitions",
            "dependentSchemas", "dependencies", "dependentRequired", "required");

    private CanonicalSchema() {
    }

    /** A schema, or an array of schemas, which old dialects have in some places; anything else as data. */
    static JsonNode of(JsonNode schema) {
        if (schema.isArray()) {
            ArrayNode schemas = NODES.arrayNode();
            schema.forEach(element -> schemas.add(of(element)));
            return schemas;
        }
        if (schema.isBoolean() && schema.booleanValue()) {
            return NODES.objectNode();
        }
        if (!schema.isObject()) {
            return CanonicalJson.of(schema);
        }
        ObjectNode canonical = NODES.objectNode();
        CanonicalJson.sorted(schema).forEach(keyword -> {
            JsonNode value = keyword(keyword.getKey(), keyword.getValue());
            boolean isMute = value.isContainerNode() && value.isEmpty() && MAY_BE_EMPTY.contains(keyword.getKey())
                    || keyword.getKey().equals("$schema") && DIALECT.contains(value.asText());
            if (!isMute) {
                canonical.set(keyword.getKey(), value);
            }
        });
        return canonical;
    }

    private static JsonNode keyword(String name, JsonNode value) {
        if (SUBSCHEMAS.contains(name)) {
            return of(value);
        }
        if (NAMED_SUBSCHEMAS.contains(name)) {
            return named(value, member -> name.equals("dependencies") && member.isArray() ? CanonicalJson.set(member)
                    : of(member));
        }
        if (SETS.contains(name)) {
            JsonNode set = CanonicalJson.set(value);
            return name.equals("type") && set.isArray() && set.size() == 1 ? set.get(0) : set;
        }
        return name.equals(NAMED_SETS) ? named(value, CanonicalJson::set) : CanonicalJson.of(value);
    }

    private static JsonNode named(JsonNode value, UnaryOperator<JsonNode> form) {
        if (!value.isObject()) {
            return CanonicalJson.of(value);
        }
        ObjectNode canonical = NODES.objectNode();
        CanonicalJson.sorted(value).forEach(member -> canonical.set(member.getKey(), form.apply(member.getValue())));
        return canonical;
    }
}
