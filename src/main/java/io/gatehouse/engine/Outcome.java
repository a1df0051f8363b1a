package io.gatehouse.engine;

import java.util.List;

/**
 * What a tool call came to.
 *
 * @param structured a JSON value as text, or null
 * @param structuredIsObject whether that value is a JSON object
 * @param isError whether the work failed, for reasons that the content tells
 */
public record Outcome(List<Content> content, String structured, boolean structuredIsObject, boolean isError) {

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
        return new Outcome(List.of(new Content(Type.TEXT, text, null)), null, false, false);
    }

    public static Outcome binary(Type type, String base64, String mimeType) {
        return new Outcome(List.of(new Content(type, base64, mimeType)), null, false, false);
    }

    /** A JSON value, readable and structured. */
    public static Outcome json(String json, boolean isObject) {
        return new Outcome(List.of(new Content(Type.TEXT, json, null)), json, isObject, false);
    }

    public static Outcome failure(String why) {
        return new Outcome(List.of(new Content(Type.TEXT, why, null)), null, false, true);
    }
}
