package io.gatehouse.platform.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.kernel.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** How calls wait. */
class DeskTest {

    /** Of a desk whose engine answers, however slow the machine. */
    private static final Duration LONG = Duration.ofMinutes(1);
    /** Of one whose engine is silent. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<List<String>> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Promise<Void>> statements = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> undone = new LinkedBlockingQueue<>();
    private final ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Desk<String, String> desk;

    private final class FakeClerk implements Clerk<String, String> {

        @Override
        public String answer(String question) {
            return known.get(question);
        }

        @Override
        public boolean hasNews() {
            return false;
        }

        @Override
        public Future<Void> ask(List<String> questions) {
            Promise<Void> statement = Promise.promise();
            asked.add(questions);
            statements.add(statement);
            return statement.future();
        }

        @Override
        public Future<?> greet() {
            return Future.succeededFuture();
        }

        @Override
        public void tick() {
            // Nothing changes by itself
        }

        @Override
        public void undo(String question, String answer) {
            undone.add(answer);
        }

        @Override
        public void drop() {
            undone.add("dropped");
        }
    }

    private void open(Duration timeout) {
        desk = new Desk<>(vertx, new FakeClerk(), new Desk.Patience(timeout, 3), new DeskMeters(registry, "tests"));
    }

    @AfterEach
    void close() {
        desk.abandon();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private CompletableFuture<String> ask(String question) {
        return desk.ask(question).subscribeAsCompletionStage();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T item = queue.poll(30, TimeUnit.SECONDS);
        assertTrue(item != null, "nothing came");
        return item;
    }

    private static void assertUnavailable(CompletableFuture<String> call) {
        Problem problem = (Problem) assertThrows(CompletionException.class,
                () -> call.orTimeout(30, TimeUnit.SECONDS).join()).getCause();
        assertEquals(Problem.Kind.UNAVAILABLE, problem.kind());
    }

    @Test
    void asksForAllWhoCameMeanwhileAtOnce() throws Exception {
        open(LONG);
        CompletableFuture<String> first = ask("a");
        assertEquals(List.of("a"), next(asked));
        CompletableFuture<String> second = ask("b");
        CompletableFuture<String> third = ask("c");
        known.put("a", "1");
        next(statements).complete();
        assertEquals("1", first.join());
        assertEquals(List.of("b", "c"), next(asked));
        known.put("b", "2");
        known.put("c", "3");
        next(statements).complete();

        assertEquals("2", second.join());
        assertEquals("3", third.join());
        assertTrue(asked.isEmpty());
    }

    @Test
    void letsNotMoreWaitThanMay() throws Exception {
        open(LONG);
        CompletableFuture<String> first = ask("a");
        ask("b");
        ask("c");

        assertUnavailable(ask("d"));
        assertEquals(1, registry.get("gatehouse.limits.unavailable").counter().count());
        assertEquals(3, registry.get("gatehouse.limits.waiting").gauge().value());
        assertFalse(first.isDone());
    }

    @Test
    void failsAllWhenTheEngineFails() throws Exception {
        open(SHORT);
        CompletableFuture<String> first = ask("a");
        next(asked);
        CompletableFuture<String> second = ask("b");
        next(statements).fail("away");

        assertUnavailable(first);
        assertUnavailable(second);
        assertUnavailable(ask("c"));
    }

    @Test
    void letsNobodyWaitForAnEngineThatIsSilentAndGivesItUp() throws Exception {
        // The second has to come before it is given up, which is after two more
        open(Duration.ofSeconds(2));
        assertUnavailable(ask("a"));
        next(asked);

        assertUnavailable(ask("b"));
        assertEquals("dropped", next(undone));
        assertTrue(asked.isEmpty());
        CompletableFuture<String> probe = ask("c");
        while (probe.isCompletedExceptionally()) {
            probe = ask("c");
        }
        assertEquals(List.of("c"), next(asked));
    }

    // P-18
    @Test
    void letsOneCallFindOutWhetherTheEngineIsBackAndTheOthersNotWait() throws Exception {
        open(LONG);
        CompletableFuture<String> first = ask("a");
        next(asked);
        next(statements).fail("away");
        assertUnavailable(first);
        CompletableFuture<String> probe = ask("b");
        while (asked.isEmpty()) {
            if (probe.isDone()) {
                probe = ask("b");
            }
        }
        Promise<Void> statement = next(statements);
        assertUnavailable(ask("c"));

        assertFalse(probe.isDone(), "it waited with the other");
        known.put("b", "2");
        statement.complete();
        assertEquals("2", probe.join());
    }

    @Test
    void servesWhoWaitsWhenASilentEngineSpeaksLate() throws Exception {
        open(SHORT);
        assertUnavailable(ask("a"));
        known.put("b", "2");
        next(statements).complete();

        CompletableFuture<String> late = ask("b");
        while (late.isCompletedExceptionally()) {
            late = ask("b");
        }
        assertEquals("2", late.join());
    }

    /** A connection belongs to the event loop that makes it, and memory to that of the desk. */
    @Test
    void readsTheEngineOnTheEventLoopOfItsStatements() throws Exception {
        open(LONG);
        CompletableFuture<Thread> home = new CompletableFuture<>();
        desk.run(() -> home.complete(Thread.currentThread()));
        CompletableFuture<Thread> asking = new CompletableFuture<>();
        CompletableFuture<Thread> answered = new CompletableFuture<>();
        Context elsewhere = CompletableFuture.supplyAsync(vertx::getOrCreateContext).join();

        elsewhere.runOnContext(here -> desk.read(() -> {
            asking.complete(Thread.currentThread());
            return Future.succeededFuture("read");
        }).subscribe().with(read -> answered.complete(Thread.currentThread())));

        assertEquals(home.get(30, TimeUnit.SECONDS), asking.get(30, TimeUnit.SECONDS));
        assertNotEquals(home.join(), answered.get(30, TimeUnit.SECONDS));
    }

    @Test
    void waitsNotForEverForWhatIsRead() {
        open(SHORT);
        assertUnavailable(desk.<String> read(() -> Promise.<String> promise().future()).subscribeAsCompletionStage());
    }

    @Test
    void asksNotForWhoWentAway() throws Exception {
        open(LONG);
        CompletableFuture<String> first = ask("a");
        next(asked);
        desk.ask("b").subscribe().with(answer -> {
        }).cancel();
        CompletableFuture<String> last = ask("c");
        known.put("a", "1");
        known.put("c", "3");
        next(statements).complete();

        assertEquals("1", first.join());
        assertEquals("3", last.join());
        assertEquals(0, registry.get("gatehouse.limits.waiting").gauge().value());
    }
}
