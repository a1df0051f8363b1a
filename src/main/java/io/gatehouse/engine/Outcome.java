package io.gatehouse.engine;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a tool call came to.
 *
 * @param structured a JSON value as text, or null
 * @param structuredIsObject whether that value is a JSON object
 * @param isError whether the work failed, for reasons that the content tells
 * @param whole in place of the content, a result of {@code tools/call} as another MCP server gave it, but for what it says
 *        of eras; or null
 */
public record Outcome(List<Content> content, String structured, boolean structuredIsObject, boolean isError,
        ObjectNode whole) {

    /** The kinds of content that tools give. */
    public enum Type {
        TEXT,
        IMAGE,
        AUDIO,
        BLOB
    }

    /**
     * @param data text, or Base64 for the other types
     * @param mimeType null for text
     */
    public record Content(Type type, String data, String mimeType) {
    }

    public static Outcome text(String text) {
        return new Outcome(List.of(new Content(Type.TEXT, text, null)), null, false, false, null);
    }

    public static Outcome binary(Type type, String base64, String mimeType) {
        return new Outcome(List.of(new Content(type, base64, mimeType)), null, false, false, null);
    }

    /** A JSON value, readable and structured. */
    public static Outcome json(String json, boolean isObject) {
        return new Outcome(List.of(new Content(Type.TEXT, json, null)), json, isObject, false, null);
    }

    public static Outcome failure(String why) {
        return new Outcome(List.of(new Content(Type.TEXT, why, null)), null, false, true, null);
    }

    /** As another MCP server gave it. */
    public static Outcome whole(ObjectNode result) {
        return new Outcome(List.of(), null, false, result.path("isError").asBoolean(), result);
    }
}
