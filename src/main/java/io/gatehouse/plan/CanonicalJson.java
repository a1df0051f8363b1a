package io.gatehouse.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON with one form for each value: members in the order of their names, numbers by what they are worth, exactly. Strings
 * stay as they are, to the letter.
 */
final class CanonicalJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Comparator<JsonNode> ORDER = Comparator.comparing(CanonicalJson::write);

    private CanonicalJson() {
    }

    static JsonNode of(JsonNode value) {
        if (value.isObject()) {
            ObjectNode object = NODES.objectNode();
            sorted(value).forEach(member -> object.set(member.getKey(), of(member.getValue())));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = NODES.arrayNode();
            value.forEach(element -> array.add(of(element)));
            return array;
        }
        return value.isNumber() ? number(value) : value;
    }

    static List<Map.Entry<String, JsonNode>> sorted(JsonNode object) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        members.sort(Map.Entry.comparingByKey());
        return members;
    }

    /** An array of which neither order nor repetition means anything; anything else as it is. */
    static JsonNode set(JsonNode value) {
        if (!value.isArray()) {
            return of(value);
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(element -> elements.add(of(element)));
        return NODES.arrayNode().addAll(elements.stream().sorted(ORDER).distinct().toList());
    }

    /** Numbers that were read as doubles may be infinite, which no JSON number is. */
    private static JsonNode number(JsonNode number) {
        if ((number.isDouble() || number.isFloat()) && !Double.isFinite(number.doubleValue())) {
            return NODES.textNode(number.asText());
        }
        BigDecimal value = number.decimalValue().stripTrailingZeros();
        return value.scale() <= 0 ? NODES.numberNode(value.toBigIntegerExact()) : NODES.numberNode(value);
    }

    /** ASCII only, so that halves of surrogate pairs, which have no bytes, stay different. */
    static String write(JsonNode canonical) {
        StringBuilder text = new StringBuilder();
        write(canonical, text);
        return text.toString();
    }

    private static void write(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            text.append('{');
            value.properties().forEach(member -> {
                write(member.getKey(), text);
                text.append(':');
                write(member.getValue(), text);
                text.append(',');
            });
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            value.forEach(element -> {
                write(element, text);
                text.append(',');
            });
            text.append(']');
        } else if (value.isTextual()) {
            write(value.textValue(), text);
        } else {
            text.append(value.isNumber() ? value.decimalValue().toPlainString() : value.asText());
        }
    }

    private static void write(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                text.append("\\u").append(Integer.toHexString(c | 0x10000), 1, 5);
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
