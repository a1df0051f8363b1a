package io.gatehouse.platform.limits;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.gatehouse.kernel.Problem;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Where calls wait that memory can't answer. One statement at a time asks the engine for all of them, and who comes
 * meanwhile is in the next. Nobody waits for longer than the timeout; when the engine is away nobody waits at all. All of
 * it happens on one event loop, so nothing is locked.
 */
final class Desk<Q, A> {

    private static final Logger LOG = Logger.getLogger(Desk.class);

    /** Questions in one statement at most. */
    private static final int LARGEST = 1_000;
    private static final long LOOK_MILLIS = 50;
    private static final long TICK_MILLIS = 1_000;
    /** After a failure nothing is tried for so long. */
    private static final long PAUSE = Duration.ofMillis(100).toNanos();
    /** A statement is given up after so many timeouts. */
    private static final int PATIENCE = 3;

    private final Vertx vertx;
    private final Clerk<Q, A> clerk;
    private final Context context;
    private final long timeout;
    private final int mostWaiting;
    private final FirstContact contact;
    private final DeskMeters meters;
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicBoolean nudged = new AtomicBoolean();
    private final Deque<Waiting<Q, A>> waiting = new ArrayDeque<>();
    private Object underWay;
    private long since;
    private volatile long awayUntil = System.nanoTime();
    private volatile boolean isAway;
    private final List<Long> timers;

    Desk(Vertx vertx, Clerk<Q, A> clerk, Patience patience, DeskMeters meters) {
        this.clerk = clerk;
        this.context = VertxContext.getRootContext(vertx.getOrCreateContext());
        this.timeout = patience.timeout().toNanos();
        this.mostWaiting = patience.mostWaiting();
        this.meters = meters;
        meters.gauge("waiting", waitingCount::get);
        this.vertx = vertx;
        this.contact = new FirstContact(clerk::greet, patience.timeout());
        run(contact::attempt);
        this.timers = List.of(vertx.setPeriodic(LOOK_MILLIS, id -> run(this::look)),
                vertx.setPeriodic(TICK_MILLIS, id -> run(this::tick)));
    }

    /** As if the process had died. */
    void abandon() {
        timers.forEach(vertx::cancelTimer);
        clerk.drop();
    }

    /** Whether calls may come. */
    boolean isReady() {
        return contact.isOver();
    }

    /** Whether the engine answered when it was asked last. */
    boolean isReached() {
        return !isAway;
    }

    /** How long calls wait, and how many. */
    record Patience(Duration timeout, int mostWaiting) {
    }

    /** Does the work on the desk's event loop. */
    void run(Runnable work) {
        context.runOnContext(here -> work.run());
    }

    /** Fails with UNAVAILABLE. */
    Uni<A> ask(Q question) {
        return Uni.createFrom().emitter(emitter -> {
            if (isPausing() || waitingCount.get() >= mostWaiting) {
                meters.unavailable();
                emitter.fail(Waiting.unavailable(null));
                return;
            }
            Waiting<Q, A> call = new Waiting<>(question, emitter, waitingCount);
            run(() -> seat(call));
        });
    }

    /**
     * What the engine tells beside the statements. It is asked on the desk's event loop too: there its connection lives,
     * whoever is the first to need one. Fails with UNAVAILABLE when that takes too long.
     */
    <T> Uni<T> read(Supplier<Future<T>> question) {
        return Uni.createFrom().<T> emitter(
                emitter -> run(() -> question.get().onComplete(emitter::complete, emitter::fail)))
                .ifNoItem().after(Duration.ofNanos(timeout)).fail()
                .onFailure().transform(failure -> Problem.unavailable("The limits can't be read right now", failure))
                .emitOn(Waiting.home());
    }

    /** To be called by any thread when there may be news. */
    void nudge() {
        if (nudged.compareAndSet(false, true)) {
            run(this::send);
        }
    }

    private void tick() {
        contact.attempt();
        clerk.tick();
        send();
    }

    /** While the engine is away, whoever comes first finds out whether it is back; the others don't wait for that. */
    private void seat(Waiting<Q, A> call) {
        if (isAnswered(call)) {
            return;
        }
        if (isAway && underWay != null) {
            fail(call, null);
            return;
        }
        waiting.add(call);
        send();
    }

    private boolean isAnswered(Waiting<Q, A> call) {
        if (call.isOver()) {
            return true;
        }
        A answer = clerk.answer(call.question());
        if (answer != null) {
            call.complete(answer, () -> run(() -> clerk.undo(call.question(), answer)));
        }
        return answer != null;
    }

    /** Looks at the clock last: what was the present for whoever set it is not to come for a thread that looked before. */
    private boolean isPausing() {
        long until = awayUntil;
        return System.nanoTime() - until < 0;
    }

    private void fail(Waiting<Q, A> call, Throwable cause) {
        meters.unavailable();
        call.fail(cause);
    }

    private void send() {
        if (underWay != null || isPausing()) {
            return;
        }
        nudged.set(false);
        waiting.removeIf(Waiting::isOver);
        if (waiting.isEmpty() && !clerk.hasNews()) {
            return;
        }
        List<Q> questions = waiting.stream().limit(LARGEST).map(Waiting::question).toList();
        Future<Void> statement = clerk.ask(questions);
        if (statement != null) {
            Object ticket = new Object();
            underWay = ticket;
            since = System.nanoTime();
            statement.onComplete(done -> run(() -> came(ticket, done)));
        } else {
            waiting.removeIf(this::isAnswered);
        }
    }

    private void came(Object ticket, AsyncResult<Void> done) {
        if (underWay != ticket) {
            return;
        }
        underWay = null;
        meters.statement(done.succeeded(), System.nanoTime() - since);
        if (done.failed()) {
            fail(done.cause());
        } else {
            serve();
        }
        send();
    }

    private void serve() {
        if (isAway) {
            LOG.info("Calls are counted again");
        }
        isAway = false;
        awayUntil = System.nanoTime();
        waiting.removeIf(this::isAnswered);
    }

    private void away(Throwable cause) {
        if (!isAway) {
            LOG.warnf("Calls can't be counted: %s", cause == null ? "no answer" : cause.getMessage());
        }
        isAway = true;
        awayUntil = System.nanoTime() + PAUSE;
    }

    private void fail(Throwable cause) {
        away(cause);
        new ArrayList<>(waiting).forEach(call -> fail(call, cause));
        waiting.clear();
    }

    /** Now and then. */
    private void look() {
        long now = System.nanoTime();
        for (Iterator<Waiting<Q, A>> calls = waiting.iterator(); calls.hasNext();) {
            Waiting<Q, A> call = calls.next();
            if (now - call.since() < timeout) {
                break;
            }
            calls.remove();
            fail(call, null);
        }
        if (underWay != null && now - since >= timeout) {
            away(null);
            if (now - since >= timeout * PATIENCE) {
                underWay = null;
                meters.statement(false, now - since);
                clerk.drop();
            }
        }
        send();
    }
}
