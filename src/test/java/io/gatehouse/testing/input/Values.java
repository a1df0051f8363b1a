package io.gatehouse.testing.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.testing.Specification;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Values that a schema allows, with known ids where the name of a field asks for one. */
final class Values {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 6;
    private static final int LONGEST = 300;

    private final Specification specification;
    private final Pool pool;
    private final Draws draws;

    Values(Specification specification, Pool pool, Draws draws) {
        this.specification = specification;
        this.pool = pool;
        this.draws = draws;
    }

    JsonNode draw(JsonNode schema, String name) {
        return draw(schema, name, 0);
    }

    private JsonNode draw(JsonNode reference, String name, int depth) {
        JsonNode schema = specification.resolve(reference);
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return draws.of(List.copyOf(list(schema.get("enum"))));
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.has(choice)) {
                return draw(draws.of(list(schema.get(choice))), name, depth);
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "boolean" -> NODES.booleanNode(draws.percent(50));
            case "null" -> NODES.nullNode();
            case "integer" -> known(name, JsonNode::isIntegralNumber).orElseGet(() -> integer(schema));
            case "number" -> NODES.numberNode(draws.from(Arbitraries.doubles().between(0, 1_000)));
            default -> NODES.textNode(known(name, JsonNode::isValueNode).map(JsonNode::asText)
                    .orElseGet(() -> text(schema)));
        };
    }

    private Optional<JsonNode> known(String name, Predicate<JsonNode> fits) {
        return draws.percent(90) ? pool.field(name, draws).filter(fits) : Optional.empty();
    }

    private String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return draws.of(list(type)).asText();
        }
        return type.isTextual() ? type.asText()
                : schema.has("properties") || schema.has("allOf") ? "object" : "string";
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        schema.path("allOf").forEach(part -> object.setAll(object(specification.resolve(part), depth)));
        List<String> required = list(schema.path("required")).stream().map(JsonNode::asText).toList();
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || depth < DEEPEST && draws.percent(60)) {
                object.set(property.getKey(), draw(property.getValue(), property.getKey(), depth + 1));
            }
        });
        JsonNode others = schema.path("additionalProperties");
        if (others.isObject() && depth < DEEPEST) {
            object.set(text(NODES.objectNode()), draw(others, "", depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, String name, int depth) {
        ArrayNode array = NODES.arrayNode();
        int least = schema.path("minItems").asInt(0);
        int size = depth < DEEPEST ? Math.max(least, draws.below(4)) : least;
        for (int i = 0; i < size; i++) {
            array.add(draw(schema.path("items"), name, depth + 1));
        }
        return array;
    }

    private JsonNode integer(JsonNode schema) {
        long least = schema.path("minimum").asLong(1);
        long most = schema.path("maximum").asLong(Math.max(least, 1_000));
        return NODES.numberNode(draws.from(Arbitraries.longs().between(least, most)));
    }

    private String text(JsonNode schema) {
        if (schema.has("pattern")) {
            return Patterns.text(schema.get("pattern").asText(), draws);
        }
        switch (schema.path("format").asText()) {
            case "date-time":
                return "2026-0" + (1 + draws.below(9)) + "-11T10:12:13.123Z";
            case "uri", "url":
                return "http://127.0.0.1/" + draws.from(Arbitraries.strings().alpha().ofMaxLength(9));
            case "objectId":
                return Patterns.text("[0-9a-f]{24}", draws);
            case "email":
                return draws.from(Arbitraries.strings().alpha().ofLength(8)) + "@example.test";
            default:
                int least = Math.max(1, schema.path("minLength").asInt(1));
                int most = Math.max(least, Math.min(LONGEST, schema.path("maxLength").asInt(30)));
                return draws.from(draws.percent(80) ? plain(least, most) : unicode(least, most));
        }
    }

    private static Arbitrary<String> plain(int least, int most) {
        return Arbitraries.strings().alpha().numeric().withChars(' ').ofMinLength(least).ofMaxLength(most);
    }

    private static Arbitrary<String> unicode(int least, int most) {
        return Arbitraries.strings().excludeChars('\0').ofMinLength(least).ofMaxLength(most)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c) || Character.isISOControl(c)));
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }
}
