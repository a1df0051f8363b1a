package io.gatehouse.gateway.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.vertx.core.buffer.Buffer;

/** Puts texts into {@code params._meta} of a message, and leaves every other byte as it is. */
final class MetaSplice {

    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] bytes;
    private final Buffer spliced;
    private final Map<String, String> missing;
    private int copied;

    private MetaSplice(Buffer message, Map<String, String> texts) {
        this.bytes = message.getBytes();
        this.spliced = Buffer.buffer(bytes.length + 256);
        this.missing = new LinkedHashMap<>(texts);
    }

    /**
     * @param message an object in JSON; one whose {@code params} or {@code _meta} are something else stays as it is
     * @param texts that need no escape
     */
    static Buffer put(Buffer message, Map<String, String> texts) {
        if (texts.isEmpty()) {
            return message;
        }
        MetaSplice splice = new MetaSplice(message, texts);
        try (JsonParser json = JSON.createParser(splice.bytes)) {
            json.nextToken();
            return splice.into(json) ? splice.done() : message;
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a message", e);
        }
    }

    private boolean into(JsonParser json) throws IOException {
        int message = end(json);
        if (!enter(json, "params")) {
            insert(message, "\"params\":{\"_meta\":{" + members() + "}},");
            return true;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        int params = end(json);
        if (!enter(json, "_meta")) {
            insert(params, "\"_meta\":{" + members() + '}' + comma(params));
            return true;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        replace(json, end(json));
        return true;
    }

    /** Those that are not there already go before those that are. */
    private void replace(JsonParser json, int meta) throws IOException {
        Map<String, int[]> places = new LinkedHashMap<>();
        Map<String, String> present = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            int from = (int) json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            json.finishToken();
            String text = missing.remove(name);
            if (text != null) {
                places.put(name, new int[] { from, end(json) });
                present.put(name, text);
            }
        }
        if (!missing.isEmpty()) {
            insert(meta, members() + comma(meta));
        }
        places.forEach((name, place) -> {
            insert(place[0], '"' + present.get(name) + '"');
            copied = place[1];
        });
    }

    private static int end(JsonParser json) {
        return (int) json.currentLocation().getByteOffset();
    }

    private static boolean enter(JsonParser json, String member) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals(member)) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }

    private String members() {
        StringJoiner members = new StringJoiner(",");
        missing.forEach((name, text) -> members.add('"' + name + "\":\"" + text + '"'));
        return members.toString();
    }

    /** After what is put at the beginning of an object, if there is more in it. */
    private String comma(int from) {
        int next = from;
        while (next < bytes.length && bytes[next] <= ' ') {
            next++;
        }
        return next < bytes.length && bytes[next] == '}' ? "" : ",";
    }

    private void insert(int at, String text) {
        spliced.appendBytes(bytes, copied, at - copied).appendBytes(text.getBytes(StandardCharsets.UTF_8));
        copied = at;
    }

    private Buffer done() {
        return spliced.appendBytes(bytes, copied, bytes.length - copied);
    }
}
