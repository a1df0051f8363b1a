package io.gatehouse.gateway.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.Outcome;
import io.gatehouse.engine.Outcome.Content;

/** Writes an outcome as the result of {@code tools/call}. */
final class ToolResult {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String STRUCTURED = "structuredContent";
    private static final String META = "_meta";

    private ToolResult() {
    }

    /** In the form that {@link LegacyForm} describes. */
    static byte[] legacy(Outcome outcome) {
        if (outcome.whole() != null) {
            LegacyForm.callResult(outcome.whole());
            return bytes(outcome.whole());
        }
        boolean wrap = outcome.structured() != null && !outcome.structuredIsObject();
        return write(outcome, wrap ? "{\"result\":" + outcome.structured() + "}" : outcome.structured(), "");
    }

    /** Structured content is any JSON value in the modern era. */
    static byte[] modern(Outcome outcome, ServerCard card) {
        if (outcome.whole() != null) {
            ObjectNode whole = outcome.whole().put("resultType", "complete");
            ObjectNode meta = whole.path(META) instanceof ObjectNode present ? present : whole.putObject(META);
            meta.set(Envelope.SERVER_INFO, card.info());
            return bytes(whole);
        }
        return write(outcome, outcome.structured(), card.resultFields());
    }

    private static byte[] bytes(ObjectNode result) {
        return result.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param fields what stands beside the result's own: members of an object, each after a comma */
    private static byte[] write(Outcome outcome, String structured, String fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
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
            json.writeRaw(fields);
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
