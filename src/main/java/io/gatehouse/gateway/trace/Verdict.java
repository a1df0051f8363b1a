package io.gatehouse.gateway.trace;

import java.io.IOException;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.stage.Captured;

/** What an answer says of its success, as {@code error.type} has it. */
public final class Verdict {

    static final String TOOL_ERROR = "tool_error";

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] DATA = { 'd', 'a', 't', 'a', ':' };
    private static final int MOST_READ = 16 * 1024;
    private static final int FIRST_ERROR = 400;

    private Verdict() {
    }

    /**
     * @param end hears of it once, when the last part of the answer is out
     */
    public static Reply watch(Arrival arrival, Reply reply, Consumer<String> end) {
        if (reply instanceof Reply.Stream stream) {
            Captured captured = new Captured(stream, MOST_READ);
            return stream.with(stream.parts().invoke(captured::add)
                    .onCompletion().invoke(() -> end.accept(of(arrival, stream, captured.text())))
                    .onFailure().invoke(failure -> end.accept("broken"))
                    .onCancellation().invoke(() -> end.accept(stream.span() == Reply.Stream.Span.REST ? null : "cancelled")));
        }
        end.accept(reply instanceof Reply.Json json
                ? of(arrival, reply, Captured.beginning(json.body(), MOST_READ))
                : of(reply.status()));
        return reply;
    }

    /**
     * @param text the answer, or the last event of a stream of them, as far as it is kept
     * @return a code of JSON-RPC or a status of HTTP, {@link #TOOL_ERROR}, or null
     */
    private static String of(Arrival arrival, Reply reply, byte[] text) {
        if (arrival.observation().hasFailedTool()) {
            return TOOL_ERROR;
        }
        int from = reply instanceof Reply.Stream stream && stream.isEvents() ? data(text) : 0;
        String said = said(text, from);
        return said != null ? said : of(reply.status());
    }

    /** @param status of HTTP, which is all that is said */
    private static String of(int status) {
        return status < FIRST_ERROR ? null : Integer.toString(status);
    }

    private static int data(byte[] event) {
        for (int i = 0; i + DATA.length <= event.length; i++) {
            int same = 0;
            while (same < DATA.length && event[i + same] == DATA[same]) {
                same++;
            }
            if (same == DATA.length && (i == 0 || event[i - 1] == '\n' || event[i - 1] == '\r')) {
                return i + DATA.length;
            }
        }
        return event.length;
    }

    private static String said(byte[] text, int from) {
        try (JsonParser json = JSON.createParser(text, from, text.length - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
                if (isObject && name.equals("error")) {
                    return member(json, "code");
                }
                if (isObject && name.equals("result")) {
                    return "true".equals(member(json, "isError")) ? TOOL_ERROR : null;
                }
                json.skipChildren();
            }
        } catch (IOException brokenOff) {
            // What was read so far says nothing of errors.
        }
        return null;
    }

    private static String member(JsonParser json, String sought) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals(sought)) {
                return json.getText();
            }
            json.skipChildren();
        }
        return null;
    }
}
