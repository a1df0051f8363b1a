package io.gatehouse.platform.limits;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntConsumer;

import io.gatehouse.kernel.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;

/** Several replicas in one process, which know of each other through the engine only; and their callers. */
final class Replicas implements AutoCloseable {

    /** Of replicas whose engine answers, however slow the machine. */
    static final Desk.Patience LONG = new Desk.Patience(Duration.ofMinutes(1), 10_000);
    /** Of those whose engine falls silent. */
    static final Desk.Patience SHORT = new Desk.Patience(Duration.ofSeconds(5), 10_000);
    /** After which no answer comes any more. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Function<Vertx, Engine> engines;
    private final Desk.Patience patience;
    private final MeterRegistry registry = new SimpleMeterRegistry();
    final List<LeasedCounters> all = new CopyOnWriteArrayList<>();
    final AtomicLong admitted = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong unavailable = new AtomicLong();

    Replicas(int count, Function<Vertx, Engine> engines) {
        this(count, LONG, engines);
    }

    Replicas(int count, Desk.Patience patience, Function<Vertx, Engine> engines) {
        this.engines = engines;
        this.patience = patience;
        for (int i = 0; i < count; i++) {
            all.add(replica());
        }
    }

    private LeasedCounters replica() {
        return new LeasedCounters(vertx, engines.apply(vertx), Clock.systemUTC(), patience, registry);
    }

    /** The replica dies with all that it holds, and another takes its place. */
    void kill(int index) {
        all.get(index).abandon();
        all.set(index, replica());
    }

    static Verdict admit(LeasedCounters replica, List<Limit> limits) {
        return replica.admit(limits).await().atMost(LONGEST);
    }

    /** Whether it was admitted; counted either way. */
    boolean call(int index, List<Limit> limits) {
        try {
            Verdict verdict = admit(all.get(index), limits);
            (verdict.isAdmitted() ? admitted : refused).incrementAndGet();
            return verdict.isAdmitted();
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.UNAVAILABLE) {
                throw problem;
            }
            unavailable.incrementAndGet();
            return false;
        }
    }

    /** On an event loop, where calls are at home: what is answered meanwhile is heard after it. */
    void onLoop(Runnable work) throws Exception {
        onLoop(vertx, work);
    }

    static void onLoop(Vertx vertx, Runnable work) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        vertx.runOnContext(here -> {
            work.run();
            done.complete(null);
        });
        done.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    /** How often the engine was asked. */
    long statements() {
        return registry.get("gatehouse.limits.statements").tag("outcome", "done").timer().count();
    }

    /** Does it at once so many times, each with its number. */
    List<Future<?>> start(int count, IntConsumer work) {
        List<Future<?>> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            started.add(callers.submit(() -> work.accept(number)));
        }
        return started;
    }

    static void finish(List<Future<?>> started) throws Exception {
        for (Future<?> one : started) {
            one.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** So many callers, on all replicas in turn, each until it is refused. */
    void flood(int count, List<Limit> limits) throws Exception {
        finish(start(count, caller -> {
            while (call(caller % all.size(), limits)) {
                Thread.onSpinWait();
            }
        }));
    }

    @Override
    public void close() {
        callers.shutdownNow();
        all.forEach(LeasedCounters::abandon);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
