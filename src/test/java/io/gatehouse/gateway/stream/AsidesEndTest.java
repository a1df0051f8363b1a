package io.gatehouse.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.buffer.Buffer;

/** How a stream of events is ended from outside. */
class AsidesEndTest {

    private static final String EVENT = "data: 1\n\n";

    private final List<String> read = new ArrayList<>();
    private final List<String> source = new ArrayList<>();
    private MultiEmitter<? super Buffer> out;
    private final Asides cut = new Asides(Multi.createFrom().<Buffer> emitter(emitter -> out = emitter)
            .onCancellation().invoke(() -> source.add("cancelled")), false);

    private Cancellable subscribe() {
        return cut.subscribe().with(part -> read.add(part.toString()),
                failure -> read.add(failure instanceof Problem ? "cut" : "failed"), () -> read.add("end"));
    }

    private void emit(String part) {
        out.emit(Buffer.buffer(part));
    }

    @Test
    void passesEverythingOn() {
        subscribe();
        emit("data");
        emit(": 1\n\n");
        out.complete();
        cut.end(Buffer.buffer("too late"));

        assertEquals(List.of("data", ": 1\n\n", "end"), read);
        assertEquals(List.of(), source);
    }

    @Test
    void saysTheLastWordsAndStopsTheSource() {
        subscribe();
        emit(EVENT);
        cut.end(Buffer.buffer("bye"));
        cut.end(Buffer.buffer("again"));
        out.complete();

        assertEquals(List.of(EVENT, "bye", "end"), read);
        assertEquals(List.of("cancelled"), source);
    }

    @Test
    void saysNothingWhereThereIsNothingToSay() {
        subscribe();
        cut.end(Buffer.buffer());

        assertEquals(List.of("end"), read);
    }

    @Test
    void saysNothingInTheMiddleOfAnEvent() {
        subscribe();
        emit("data: 1\n");
        cut.end(Buffer.buffer("bye"));

        assertEquals(List.of("data: 1\n", "cut"), read);
        assertEquals(List.of("cancelled"), source);
    }

    @Test
    void endsWhatHasNotBegun() {
        cut.end(Buffer.buffer("bye"));
        subscribe();

        assertEquals(List.of("bye", "end"), read);
        assertEquals(List.of("cancelled"), source);
    }

    @Test
    void passesFailuresAndCancellationsOn() {
        subscribe();
        out.fail(new IllegalStateException());
        assertEquals(List.of("failed"), read);

        Asides other = new Asides(Multi.createFrom().<Buffer> nothing().onCancellation().invoke(() -> source.add("cancelled")),
                false);
        other.subscribe().with(part -> read.add("part")).cancel();
        other.end(Buffer.buffer("bye"));
        assertTrue(source.contains("cancelled"));
        assertEquals(1, read.size());
    }
}
