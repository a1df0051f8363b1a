package io.gatehouse.tools.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What OpenAPI 3.0 says in words of its own, said in JSON Schema 2020-12. */
final class Schema30 {

    private Schema30() {
    }

    /**
     * @param source as it stands in the document
     * @param written its copy, which is changed
     */
    static JsonNode translate(JsonNode source, ObjectNode written) {
        bound(written, "minimum", "exclusiveMinimum");
        bound(written, "maximum", "exclusiveMaximum");
        return source.path("nullable").asBoolean() ? nullable(written) : written;
    }

    private static void bound(ObjectNode written, String inclusive, String exclusive) {
        JsonNode flag = written.get(exclusive);
        if (flag != null && flag.isBoolean()) {
            written.remove(exclusive);
            if (flag.asBoolean() && written.has(inclusive)) {
                written.set(exclusive, written.remove(inclusive));
            }
        }
    }

    private static JsonNode nullable(ObjectNode written) {
        JsonNode type = written.get("type");
        if (type == null || !type.isTextual()) {
            ObjectNode either = written.objectNode();
            either.putArray("anyOf").add(written).addObject().put("type", "null");
            return either;
        }
        written.putArray("type").add(type).add("null");
        if (written.get("enum") instanceof ArrayNode values && !contains(values)) {
            values = values.deepCopy().addNull();
            written.set("enum", values);
        }
        return written;
    }

    private static boolean contains(ArrayNode values) {
        for (JsonNode value : values) {
            if (value.isNull()) {
                return true;
            }
        }
        return false;
    }
}
