package io.gatehouse.engine.proxied;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.kernel.Problem;
import io.vertx.core.buffer.Buffer;

class SseReaderTest {

    private static final String STREAM = ": hello\n\nid: 1\nevent: message\ndata: {\"a\":\ndata: \"ü😀\"}\n\n"
            + "event: ping\ndata: no\n\ndata:no space\n\ndatabase: no\n\nretry: 5\n\ndata\n\ndata: unfinished\n";
    private static final List<String> EVENTS = List.of("{\"a\":\n\"ü😀\"}", "no space");

    private static List<String> read(String stream, int partSize) {
        SseReader reader = new SseReader(1_000);
        Buffer whole = Buffer.buffer(stream);
        List<String> events = new ArrayList<>();
        for (int from = 0; from < whole.length(); from += partSize) {
            events.addAll(reader.read(whole.slice(from, Math.min(from + partSize, whole.length()))));
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 7, 1_000 })
    void readsTheSameEventsHoweverTheyArePacked(int partSize) {
        assertEquals(EVENTS, read(STREAM, partSize));
        assertEquals(EVENTS, read(STREAM.replace("\n", "\r\n"), partSize));
        assertEquals(EVENTS, read(STREAM.replace("\n", "\r"), partSize));
    }

    @Test
    void refusesAnEventWithoutAnEnd() {
        assertThrows(Problem.class, () -> read("data: " + "x".repeat(2_000), 100));
        assertThrows(Problem.class, () -> read("data: xxxxxxxxx\n".repeat(200), 100));
    }
}
