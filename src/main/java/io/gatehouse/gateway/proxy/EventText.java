package io.gatehouse.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.vertx.core.buffer.Buffer;

/** One server-sent event taken apart (HTML standard, section 9.2.6): its data, and its other lines as they came. */
final class EventText {

    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);

    private final Buffer data = Buffer.buffer();
    private final Buffer others = Buffer.buffer();
    private boolean hasData;
    private boolean isMessage = true;

    EventText(byte[] event) {
        int next;
        for (int from = 0; from < event.length; from = next) {
            int end = from;
            while (end < event.length && event[end] != '\r' && event[end] != '\n') {
                end++;
            }
            boolean twice = end + 1 < event.length && event[end] == '\r' && event[end + 1] == '\n';
            next = Math.min(end + (twice ? 2 : 1), event.length);
            take(event, from, end, next);
        }
    }

    /** What stands before a field's name, such as a byte order mark, is passed over: some clients do so too. */
    private void take(byte[] event, int from, int end, int next) {
        int name = from;
        while (name < end && event[name] <= ' ') {
            name++;
        }
        if (isField(DATA, event, name, end)) {
            if (hasData) {
                data.appendByte((byte) '\n');
            }
            hasData = true;
            int value = value(DATA, event, name, end);
            data.appendBytes(event, value, end - value);
            return;
        }
        if (isField(EVENT, event, name, end)) {
            int value = value(EVENT, event, name, end);
            String type = new String(event, value, end - value, StandardCharsets.UTF_8);
            isMessage = type.isEmpty() || type.equals("message");
        }
        others.appendBytes(event, from, next - from);
    }

    private static boolean isField(byte[] field, byte[] event, int from, int end) {
        int to = from + field.length;
        return to <= end && Arrays.equals(field, 0, field.length, event, from, to) && (to == end || event[to] == ':');
    }

    private static int value(byte[] field, byte[] event, int from, int end) {
        int value = Math.min(from + field.length + 1, end);
        return value < end && event[value] == ' ' ? value + 1 : value;
    }

    /** Empty for none. */
    Buffer data() {
        return data;
    }

    Buffer others() {
        return others;
    }

    /** Whether it is of the type that messages of MCP have. */
    boolean isMessage() {
        return isMessage;
    }

    /** @param line without an end of its own */
    Buffer saying(Buffer line) {
        return Buffer.buffer("data: ").appendBuffer(line).appendByte((byte) '\n').appendBuffer(others);
    }
}
