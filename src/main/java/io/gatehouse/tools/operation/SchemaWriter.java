package io.gatehouse.tools.operation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.HeaderParameter;
import io.gatehouse.tools.operation.Document.Found;

/**
 * Copies the schemas of one operation's input out of its document into JSON Schema 2020-12. What they refer to is
 * gathered once under {@code $defs}, so that cycles stay what they are and the result needs nothing else. What only
 * describes answers or documentation tools is left behind.
 */
final class SchemaWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 100;

    private static final Set<String> SCHEMA = Set.of("additionalProperties", "not", "contains", "propertyNames", "if",
            "then", "else", "unevaluatedItems", "unevaluatedProperties", "contentSchema", "items");
    private static final Set<String> SCHEMAS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> NAMED_SCHEMAS = Set.of("properties", "patternProperties", "dependentSchemas",
            "$defs", "definitions");
    private static final Set<String> LEFT_BEHIND = Set.of("xml", "externalDocs", "discriminator", "nullable",
            "$schema", "$id", "id", "$comment", "$anchor", "$dynamicAnchor", "$vocabulary", "readOnly", "writeOnly",
            "required");
    private static final Set<String> TYPES = Set.of("null", "boolean", "object", "array", "number", "string",
            "integer");

    /** OpenAPI 3.0 ignores what else stands beside a reference; 3.1 does not. */
    private static final Set<String> BESIDE_A_REFERENCE = Set.of("$ref", "description");

    private final Document document;
    private final ObjectNode definitions = NODES.objectNode();
    private final Map<String, String> names = new HashMap<>();
    private final List<ObjectNode> annotated = new ArrayList<>();
    private final Deque<Found> pending = new ArrayDeque<>();
    private int depth;

    SchemaWriter(Document document) {
        this.document = document;
    }

    /** What the schemas written so far refer to, by {@code #/$defs/name}. */
    ObjectNode definitions() {
        for (Found next = pending.poll(); next != null; next = pending.poll()) {
            definitions.set(names.get(next.place()), write(next.node(), next.place()));
        }
        return definitions;
    }

    /** The written schemas with a header annotation. */
    List<ObjectNode> annotated() {
        return annotated;
    }

    /** @throws Refusal when a reference does not resolve or something that should be a schema is none */
    JsonNode write(JsonNode schema, String place) {
        if (schema.isBoolean()) {
            return schema;
        }
        if (!schema.isObject()) {
            throw new Refusal(place, "is not a schema");
        }
        if (++depth > DEEPEST) {
            throw new Refusal(place, "the schema is nested more than " + DEEPEST + " levels deep");
        }
        ObjectNode written = NODES.objectNode();
        boolean alone = document.isVersion30() && schema.has("$ref");
        schema.properties().stream().filter(entry -> !alone || BESIDE_A_REFERENCE.contains(entry.getKey())).forEach(
                entry -> copy(entry.getKey(), entry.getValue(), Document.below(place, entry.getKey()), written));
        if (schema.has("required") && !alone) {
            required(schema, place, written);
        }
        if (written.has(HeaderParameter.KEYWORD)) {
            annotated.add(written);
        }
        depth--;
        return document.isVersion30() ? Schema30.translate(schema, written) : written;
    }

    private void copy(String keyword, JsonNode value, String place, ObjectNode written) {
        if (keyword.equals("$dynamicRef") || keyword.equals("$recursiveRef")) {
            throw new Refusal(place, "dynamic references are not followed");
        }
        if (keyword.equals("$ref") && value.isTextual()) {
            written.put("$ref", "#/$defs/" + define(value.asText(), place));
        } else if (keyword.equals("items") && value.isArray()) {
            written.set("prefixItems", each((ArrayNode) value, place));
        } else if (SCHEMA.contains(keyword)) {
            written.set(keyword, write(value, place));
        } else if (SCHEMAS.contains(keyword) && value.isArray()) {
            written.set(keyword, each((ArrayNode) value, place));
        } else if (NAMED_SCHEMAS.contains(keyword) && value.isObject()) {
            written.set(keyword, named(value, place, keyword.equals("properties")));
        } else if (keyword.equals("type")) {
            type(value, written);
        } else if (keyword.equals("format") && value.asText().equals("binary")) {
            written.put("contentEncoding", "base64");
        } else if (keyword.equals("example")) {
            written.putArray("examples").add(value);
        } else if (keyword.equals(HeaderParameter.KEYWORD) || !keyword.startsWith("x-") && !LEFT_BEHIND.contains(keyword)) {
            written.set(keyword, value);
        }
    }

    private ArrayNode each(ArrayNode schemas, String place) {
        ArrayNode written = NODES.arrayNode();
        for (int i = 0; i < schemas.size(); i++) {
            written.add(write(schemas.get(i), place + '/' + i));
        }
        return written;
    }

    private ObjectNode named(JsonNode schemas, String place, boolean areProperties) {
        ObjectNode written = NODES.objectNode();
        schemas.properties().forEach(entry -> {
            if (!areProperties || !isReadOnly(entry.getValue(), place)) {
                written.set(entry.getKey(), write(entry.getValue(), Document.below(place, entry.getKey())));
            }
        });
        return written;
    }

    /** A read-only property is not sent (OpenAPI 3.1, section 4.8.24), so it can't be asked for either. */
    private void required(JsonNode schema, String place, ObjectNode written) {
        ArrayNode names = NODES.arrayNode();
        for (JsonNode name : schema.path("required")) {
            if (name.isTextual() && !isReadOnly(property(name.asText(), schema, place, new HashSet<>()), place)) {
                names.add(name);
            }
        }
        if (!names.isEmpty()) {
            written.set("required", names);
        }
    }

    /** The schema's property with this name, be it declared by something that the schema is all of. */
    private JsonNode property(String name, JsonNode schema, String place, Set<String> seen) {
        Found found = document.follow(schema, place);
        JsonNode property = found.node().path("properties").path(name);
        JsonNode parts = found.node().path("allOf");
        String list = Document.below(found.place(), "allOf");
        boolean isNew = seen.add(found.place());
        for (int i = 0; isNew && property.isMissingNode() && i < parts.size(); i++) {
            property = property(name, parts.get(i), list + '/' + i, seen);
        }
        return property;
    }

    private boolean isReadOnly(JsonNode property, String place) {
        JsonNode schema = property.path("$ref").isTextual() ? document.follow(property, place).node() : property;
        return schema.path("readOnly").asBoolean();
    }

    /** Words that are no types of JSON Schema, such as {@code file}, would refuse every value. */
    private static void type(JsonNode value, ObjectNode written) {
        if (value.isTextual() && TYPES.contains(value.asText())) {
            written.set("type", value);
        } else if (value.isArray()) {
            ArrayNode types = NODES.arrayNode();
            value.forEach(type -> {
                if (TYPES.contains(type.asText())) {
                    types.add(type);
                }
            });
            if (!types.isEmpty()) {
                written.set("type", types);
            }
        }
    }

    private String define(String reference, String place) {
        Found target = document.resolve(reference, place);
        String known = names.get(target.place());
        if (known != null) {
            return known;
        }
        String last = target.place().substring(target.place().lastIndexOf('/') + 1);
        String name = Names.unique(Names.slug(last, "schema"), names::containsValue);
        names.put(target.place(), name);
        pending.add(target);
        return name;
    }
}
