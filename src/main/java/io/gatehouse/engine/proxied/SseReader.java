package io.gatehouse.engine.proxied;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.gatehouse.kernel.Problem;
import io.vertx.core.buffer.Buffer;

/**
 * Reads the data of server-sent events out of the parts of a stream (HTML standard, section 9.2.6). Events of other types
 * than {@code message} are left out, those without data and comments too. Not safe for several threads.
 */
final class SseReader {

    private final long mostBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private StringBuilder data;
    private boolean isMessage = true;
    private boolean afterReturn;

    /** @param mostBytes of one event */
    SseReader(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * The data of the events that are complete with this part.
     *
     * @throws Problem TOO_LARGE
     */
    List<String> read(Buffer part) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < part.length(); i++) {
            byte b = part.getByte(i);
            boolean endsWithReturn = afterReturn && b == '\n';
            afterReturn = b == '\r';
            if (b == '\r' || b == '\n' && !endsWithReturn) {
                end(events);
            } else if (b != '\n') {
                line.write(b);
                bound();
            }
        }
        return events;
    }

    private void bound() {
        if (line.size() + (data == null ? 0 : data.length()) > mostBytes) {
            throw Problem.tooLarge("A message of the back end is larger than " + mostBytes + " bytes");
        }
    }

    private void end(List<String> events) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.isEmpty()) {
            if (data != null && !data.isEmpty() && isMessage) {
                events.add(data.toString());
            }
            data = null;
            isMessage = true;
        } else if (text.startsWith("data")) {
            add(value(text, "data"));
        } else if (text.startsWith("event")) {
            String type = value(text, "event");
            isMessage = type == null || type.isEmpty() || type.equals("message");
        }
    }

    private void add(String value) {
        if (value == null) {
            return;
        }
        if (data == null) {
            data = new StringBuilder(value);
        } else {
            data.append('\n').append(value);
        }
    }

    /** @return null when the line is of another field, whose name begins alike */
    private static String value(String text, String field) {
        String rest = text.substring(field.length());
        if (rest.isEmpty()) {
            return "";
        }
        return rest.charAt(0) != ':' ? null : rest.startsWith(": ") ? rest.substring(2) : rest.substring(1);
    }
}
