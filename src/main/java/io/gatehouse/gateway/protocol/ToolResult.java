package io.gatehouse.gateway.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.Outcome;
import io.gatehouse.engine.Outcome.Content;

/** Writes an outcome as the result of {@code tools/call}. */
final class ToolResult {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String STRUCTURED = "structuredContent";

    private ToolResult() {
    }

    /** Structured content is an object in the legacy era: other values stand in one as {@code result}. */
    static byte[] legacy(Outcome outcome) {
        if (outcome.whole() != null && outcome.whole().has(STRUCTURED) && !outcome.whole().get(STRUCTURED).isObject()) {
            JsonNode value = outcome.whole().get(STRUCTURED);
            outcome.whole().putObject(STRUCTURED).set("result", value);
        }
        boolean wrap = outcome.structured() != null && !outcome.structuredIsObject();
        return write(outcome, wrap ? "{\"result\":" + outcome.structured() + "}" : outcome.structured(), null);
    }

    /** Structured content is any JSON value in the modern era. */
    static byte[] modern(Outcome outcome) {
        return write(outcome, outcome.structured(), "complete");
    }

    private static byte[] write(Outcome outcome, String structured, String resultType) {
        if (outcome.whole() != null) {
            ObjectNode result = resultType == null ? outcome.whole() : outcome.whole().put("resultType", resultType);
            return result.toString().getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (resultType != null) {
                json.writeStringField("resultType", resultType);
            }
            json.writeArrayFieldStart("content");
            for (Content content : outcome.content()) {
                write(content, json);
            }
            json.writeEndArray();
            if (structured != null) {
                json.writeFieldName(STRUCTURED);
                json.writeRawValue(structured);
            }
            json.writeBooleanField("isError", outcome.isError());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Content content, JsonGenerator json) throws IOException {
        json.writeStartObject();
        switch (content.type()) {
            case TEXT -> {
                json.writeStringField("type", "text");
                json.writeStringField("text", content.data());
            }
            case IMAGE, AUDIO -> {
                json.writeStringField("type", content.type() == Outcome.Type.IMAGE ? "image" : "audio");
                json.writeStringField("data", content.data());
                json.writeStringField("mimeType", content.mimeType());
            }
            case BLOB -> {
                json.writeStringField("type", "resource");
                json.writeObjectFieldStart("resource");
                json.writeStringField("uri", "attachment:answer");
                json.writeStringField("mimeType", content.mimeType());
                json.writeStringField("blob", content.data());
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }
}
