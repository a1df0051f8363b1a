package io.gatehouse.journal.activity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import io.gatehouse.kernel.Problem;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import jakarta.inject.Inject;

/** Whoever reads the log is in nobody's way. */
@QuarkusTest
class ReadersDbTest {

    private static final long SERVER = -8;

    @Inject
    RecordedCalls calls;
    @Inject
    LiveTail tail;

    /** To go through many calls takes long. */
    @Test
    void showsRecordedCallsOnNoEventLoop() throws Throwable {
        List<Boolean> onEventLoop = new CopyOnWriteArrayList<>();
        Instant now = Instant.now();

        VertxContextSupport.subscribeAndAwait(() -> calls.read(SERVER, now.minusSeconds(1), now, 1,
                read -> onEventLoop.add(Context.isOnEventLoopThread())));

        assertEquals(List.of(false), onEventLoop);
    }

    @Test
    void refusesToBeWatchedByMoreThanItHasRoomFor() {
        List<Cancellable> watchers = new ArrayList<>();
        try {
            Problem full = assertThrows(Problem.class, () -> {
                while (watchers.size() <= 1_000) {
                    tail.requireRoom();
                    watchers.add(tail.watch(SERVER, Duration.ofMinutes(1)).subscribe().with(entry -> {
                    }));
                }
            });
            assertEquals(Problem.Kind.LIMITED, full.kind());
        } finally {
            watchers.forEach(Cancellable::cancel);
        }
        tail.requireRoom();
    }
}
