package io.gatehouse.gateway.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.gatehouse.engine.http.Percent;
import io.gatehouse.plan.PromptPlan;
import io.gatehouse.plan.PromptPlan.ContentType;
import io.gatehouse.plan.PromptPlan.Message;
import io.gatehouse.plan.PromptPlan.Role;

/**
 * Writes a rendered prompt as the result of {@code prompts/get}. A message that is a resource has the URI
 * {@code prompt://<handle>/<prompt>/<index>}, its name percent-encoded and the index counted from 0: it stays the same as
 * long as the message keeps its place, and can't be read by {@code resources/read}, for its text depends on the arguments.
 */
final class PromptResult {

    private static final JsonFactory JSON = new JsonFactory();

    private PromptResult() {
    }

    /** @param contents of the messages, in their order */
    static byte[] write(String handle, PromptPlan prompt, List<String> contents, String fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (prompt.description() != null) {
                json.writeStringField("description", prompt.description());
            }
            json.writeArrayFieldStart("messages");
            for (int i = 0; i < contents.size(); i++) {
                write(handle, prompt, i, contents.get(i), json);
            }
            json.writeEndArray();
            json.writeRaw(fields);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(String handle, PromptPlan prompt, int index, String content, JsonGenerator json)
            throws IOException {
        Message message = prompt.messages().get(index);
        json.writeStartObject();
        json.writeStringField("role", message.role() == Role.USER ? "user" : "assistant");
        json.writeObjectFieldStart("content");
        switch (message.contentType()) {
            case TEXT -> {
                json.writeStringField("type", "text");
                json.writeStringField("text", content);
            }
            case IMAGE, AUDIO -> {
                json.writeStringField("type", message.contentType() == ContentType.IMAGE ? "image" : "audio");
                json.writeStringField("data", content);
                json.writeStringField("mimeType", message.mimeType());
            }
            case RESOURCE -> {
                json.writeStringField("type", "resource");
                String uri = "prompt://" + handle + "/" + Percent.encode(prompt.name()) + "/" + index;
                writeResource(uri, message.mimeType(), content, json);
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeResource(String uri, String mimeType, String text, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("resource");
        json.writeStringField("uri", uri);
        if (mimeType != null) {
            json.writeStringField("mimeType", mimeType);
        }
        json.writeStringField("text", text);
        json.writeEndObject();
    }
}
