package io.gatehouse.engine.http;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.gatehouse.engine.Outcome;
import io.gatehouse.engine.Outcome.Type;
import io.gatehouse.plan.HttpOperation;
import io.gatehouse.plan.MediaTypes;
import io.gatehouse.platform.outbound.OutboundResponse;

/** Turns a back end's answer into what the agent reads. JSON is checked and passed on as it came. */
final class AnswerReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final int EXCERPT = 4_000;

    private AnswerReader() {
    }

    static Outcome read(HttpOperation operation, OutboundResponse answer) {
        String status = answer.status() + (answer.reason() == null ? "" : " " + answer.reason());
        if (answer.status() < 200 || answer.status() > 299) {
            return Outcome.failure("The back end answered " + status.strip() + excerpt(answer));
        }
        if (answer.body().length() == 0) {
            return Outcome.text("The back end answered " + status.strip() + " without content");
        }
        String type = MediaTypes.essence(answer.contentType());
        if (MediaTypes.isJson(type) || operation.answersJson() && type.isEmpty()) {
            return json(operation, answer);
        }
        if (operation.answersJson()) {
            return Outcome.failure("The back end answered with " + type + " where its API declares JSON"
                    + excerpt(answer));
        }
        return plain(type, answer);
    }

    private static Outcome json(HttpOperation operation, OutboundResponse answer) {
        String sent = answer.body().toString(StandardCharsets.UTF_8);
        String text = sent.startsWith(BYTE_ORDER_MARK) ? sent.substring(1) : sent;
        try (JsonParser parser = JSON.createParser(text)) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IOException("there is more behind the first value");
            }
            return operation.answersJson() ? Outcome.json(text, isObject) : Outcome.text(text);
        } catch (IOException e) {
            return Outcome.failure("The back end's answer says it is JSON and is not" + excerpt(answer));
        }
    }

    private static Outcome plain(String type, OutboundResponse answer) {
        if (isText(type)) {
            return Outcome.text(answer.body().toString(charset(answer.contentType())));
        }
        String base64 = Base64.getEncoder().encodeToString(answer.body().getBytes());
        Type kind = type.startsWith("image/") ? Type.IMAGE : type.startsWith("audio/") ? Type.AUDIO : Type.BLOB;
        return Outcome.binary(kind, base64, type.isEmpty() ? "application/octet-stream" : type);
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || type.endsWith("xml") || type.endsWith("yaml") || type.endsWith("json")
                || type.endsWith("javascript") || type.endsWith("x-www-form-urlencoded") || type.endsWith("csv");
    }

    private static String excerpt(OutboundResponse answer) {
        if (answer.body().length() == 0 || !isText(MediaTypes.essence(answer.contentType()))) {
            return "";
        }
        String text = answer.body().getBuffer(0, Math.min(EXCERPT, answer.body().length()))
                .toString(charset(answer.contentType()));
        return ": " + text + (answer.body().length() > EXCERPT ? " (cut)" : "");
    }

    private static Charset charset(String contentType) {
        int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
        try {
            return at < 0
                    ? StandardCharsets.UTF_8
                    : Charset.forName(contentType.substring(at + "charset=".length()).split(";", 2)[0].strip()
                            .replace("\"", ""));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
