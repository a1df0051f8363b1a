package io.gatehouse.tools.operation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.BoundedNumbers;

/** Turns what YAML loads into a tree of JSON. Aliases unfold, so the tree is bounded in size and depth. */
final class YamlTree {

    private static final int MOST_NODES = 3_000_000;
    private static final int DEEPEST = 500;

    private int nodes;
    private int depth;

    /** @throws IllegalArgumentException when it grows too large or holds what JSON can't say */
    JsonNode of(Object value) {
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            throw new IllegalArgumentException("the document is too large or nested too deep when its aliases unfold");
        }
        if (value instanceof Map<?, ?> map) {
            depth++;
            ObjectNode object = BoundedNumbers.NODES.objectNode();
            map.forEach((key, member) -> object.set(String.valueOf(key), of(member)));
            depth--;
            return object;
        }
        if (value instanceof List<?> list) {
            depth++;
            ArrayNode array = BoundedNumbers.NODES.arrayNode();
            list.forEach(element -> array.add(of(element)));
            depth--;
            return array;
        }
        return scalar(value);
    }

    private static JsonNode scalar(Object value) {
        if (value == null) {
            return BoundedNumbers.NODES.nullNode();
        }
        if (value instanceof Boolean bool) {
            return BoundedNumbers.NODES.booleanNode(bool);
        }
        if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            return BoundedNumbers.NODES.numberNode(new BigInteger(value.toString()));
        }
        if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
            return BoundedNumbers.NODES.numberNode(BigDecimal.valueOf(number));
        }
        return BoundedNumbers.NODES.textNode(value.toString());
    }
}
