package io.gatehouse.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.buffer.Buffer;

/** What is said between the events of somebody else. */
class AsidesTest {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private MultiEmitter<? super Buffer> source;

    private Asides asides(boolean firstIsTheirs) {
        return new Asides(Multi.createFrom().<Buffer> emitter(emitter -> {
            source = emitter;
            emitter.onTermination(() -> stopped.set(true));
        }), firstIsTheirs);
    }

    private static AssertSubscriber<Buffer> read(Asides asides, long parts) {
        return asides.subscribe().withSubscriber(AssertSubscriber.create(parts));
    }

    private void come(String part) {
        source.emit(Buffer.buffer(part));
    }

    private static void assertRead(String text, AssertSubscriber<Buffer> reader) {
        assertEquals(List.of(text.split("\\|")), reader.getItems().stream().map(Buffer::toString).toList());
    }

    @Test
    void speaksBetweenEventsOnly() {
        Asides asides = asides(false);
        AssertSubscriber<Buffer> reader = read(asides, 100);

        asides.say(Buffer.buffer("one"));
        come("data: a");
        asides.say(Buffer.buffer("two"));
        come("b\r\n\r\ndata: c");
        come("d\n\n");

        assertRead("one|data: a|b\r\n\r\n|two|data: c|d\n\n", reader);
    }

    @Test
    void saysOnlyTheLastOfWhatWaits() {
        Asides asides = asides(false);
        AssertSubscriber<Buffer> reader = read(asides, 1);
        come("data: a\n\n");

        asides.say(Buffer.buffer("one"));
        asides.say(Buffer.buffer("two"));
        assertRead("data: a\n\n", reader);
        reader.request(5);
        assertRead("data: a\n\n|two", reader);
    }

    @Test
    void letsTheFirstEventPassFirst() {
        Asides asides = asides(true);
        AssertSubscriber<Buffer> reader = read(asides, 100);
        asides.say(Buffer.buffer("one"));

        come(": hi\n\n");
        come("data: a");
        come("\n\n");

        assertRead(": hi\n\n|data: a|\n\n|one", reader);
    }

    @Test
    void endsBetweenEventsWithLastWords() {
        Asides asides = asides(false);
        AssertSubscriber<Buffer> reader = read(asides, 100);
        come("data: a\n\n");

        asides.end(Buffer.buffer("bye"));
        asides.end(Buffer.buffer("again"));
        asides.say(Buffer.buffer("late"));

        reader.assertCompleted();
        assertRead("data: a\n\n|bye", reader);
        assertTrue(stopped.get());
    }

    @Test
    void breaksInTheMiddleOfAnEvent() {
        Asides asides = asides(false);
        AssertSubscriber<Buffer> reader = read(asides, 100);
        come("data: a");

        asides.end(Buffer.buffer("bye"));

        assertEquals("The stream was cut", reader.getFailure().getMessage());
        assertRead("data: a", reader);
        assertTrue(stopped.get());
    }

    @Test
    void endsAndStopsWithItsSourceAndItsReader() {
        Asides ending = asides(false);
        AssertSubscriber<Buffer> reader = read(ending, 100);
        source.complete();
        reader.assertCompleted();
        ending.end(Buffer.buffer("bye"));
        assertTrue(reader.getItems().isEmpty());

        stopped.set(false);
        AssertSubscriber<Buffer> leaving = read(asides(false), 100);
        assertFalse(stopped.get());
        leaving.cancel();
        assertTrue(stopped.get());
    }
}
