package io.gatehouse.gateway.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Puts what an upstream of 2026-07-28 says into the form that clients of the legacy era can read: there, structured content
 * is an object, and so must its schema be. Such clients drop a whole list for one schema of something else.
 */
public final class LegacyForm {

    private static final String STRUCTURED = "structuredContent";

    private LegacyForm() {
    }

    /** A result of {@code tools/call}: other values stand in an object as {@code result}. */
    public static void callResult(ObjectNode result) {
        JsonNode value = result.get(STRUCTURED);
        if (value != null && !value.isObject()) {
            result.putObject(STRUCTURED).set("result", value);
        }
    }

    /** A result of {@code tools/list}. */
    public static void toolList(ObjectNode result) {
        for (JsonNode entry : result.path("tools")) {
            if (entry instanceof ObjectNode tool && tool.has("outputSchema") && !isOfObjects(tool.path("outputSchema"))) {
                tool.remove("outputSchema");
            }
        }
    }

    static boolean isOfObjects(JsonNode schema) {
        return schema.path("type").asText().equals("object");
    }
}
