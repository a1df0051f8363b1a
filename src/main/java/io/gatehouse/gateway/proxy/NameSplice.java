package io.gatehouse.gateway.proxy;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;

import io.vertx.core.buffer.Buffer;

/** Puts another name into {@code params.name} of a message, and leaves every other byte as it is. */
final class NameSplice {

    private static final JsonFactory JSON = new JsonFactory();

    private NameSplice() {
    }

    /** @param message whose {@code params.name} is a string */
    static Buffer rename(Buffer message, String name) {
        byte[] bytes = message.getBytes();
        try (JsonParser json = JSON.createParser(bytes)) {
            enter(json, "params");
            enter(json, "name");
            int from = (int) json.currentTokenLocation().getByteOffset();
            json.finishToken();
            int to = (int) json.currentLocation().getByteOffset();
            return Buffer.buffer(bytes.length + name.length()).appendBytes(bytes, 0, from).appendByte((byte) '"')
                    .appendBytes(JsonStringEncoder.getInstance().quoteAsUTF8(name)).appendByte((byte) '"')
                    .appendBytes(bytes, to, bytes.length - to);
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a message with a name", e);
        }
    }

    /** Goes on to the value of a member of the object that comes next. */
    private static void enter(JsonParser json, String member) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.nextToken();
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals(member)) {
                return;
            }
            json.skipChildren();
        }
        throw new IOException("There is no " + member);
    }
}
