package io.gatehouse.upstreams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.gatehouse.plan.BoundedNumbers;

/** JSON as text that a database can hold: halves of surrogate pairs, which have no bytes, are written as escapes. */
final class WholeText {

    private static final JsonMapper JSON = BoundedNumbers.strictMapper();

    private WholeText() {
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was stored can't be read", e);
        }
    }

    /** Whether two texts say the same, in whichever order. */
    static boolean same(String one, String other) {
        return one.equals(other) || read(one).equals(read(other));
    }

    /** A member of an object that is a text; otherwise null. */
    static String member(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isTextual() ? value.textValue() : null;
    }

    /** A text, which is no JSON, without what a database can't hold; null for none. */
    static String storable(String text) {
        return text == null ? null
                : text.codePoints().filter(c -> c != 0 && !isHalf(c))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    static String of(JsonNode json) {
        return of(json.toString());
    }

    /** @param json text of JSON, in which such a half can stand in strings only */
    static String of(String json) {
        if (json.codePoints().noneMatch(WholeText::isHalf)) {
            return json;
        }
        StringBuilder whole = new StringBuilder();
        json.codePoints().forEach(c -> {
            if (isHalf(c)) {
                whole.append("\\u").append(Integer.toHexString(c));
            } else {
                whole.appendCodePoint(c);
            }
        });
        return whole.toString();
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
