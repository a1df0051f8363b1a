package io.gatehouse.platform.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.Await;
import io.gatehouse.testing.PausableLine;
import io.vertx.core.Vertx;

/** What every engine must give: limits that hold over all replicas, to the last call; and so do its places. */
abstract class ExactLimits extends ExactPlaces {

    private static final int CALLERS = 200;

    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final String key = "test:" + UUID.randomUUID();
    /** To the beginning of an hour: no window but a minute ends while a test counts in it. */
    private final Duration ahead = Duration.ofMillis(HOUR - System.currentTimeMillis() % HOUR);
    private Replicas replicas;

    private Replicas replicas(int count) {
        replicas = new Replicas(count, vertx -> engine(vertx, port(), ahead));
        return replicas;
    }

    @AfterEach
    void close() {
        if (replicas != null) {
            replicas.close();
        }
    }

    private Limit monthly(long capacity) {
        return new Limit(key, Window.MONTH, capacity);
    }

    private long left(Limit limit) {
        return standing(limit).left();
    }

    private Standing standing(Limit limit) {
        return replicas.all.get(0).standings(List.of(limit)).await().atMost(Replicas.LONGEST).get(0);
    }

    private static void assertUsedUp(long capacity, long admitted) {
        assertTrue(admitted <= capacity, admitted + " calls were admitted, of " + capacity);
        assertTrue(admitted >= capacity - capacity / 100, "only " + admitted + " calls were admitted, of " + capacity);
    }

    // P-18
    @ParameterizedTest
    @ValueSource(longs = { 1, 100, 10_000 })
    void admitsAsManyAsTheLimitSaysAndNotOneMore(long capacity) throws Exception {
        replicas(3).flood(CALLERS, List.of(monthly(capacity)));

        assertUsedUp(capacity, replicas.admitted.get());
    }

    // P-18
    @Test
    void countsOnAfterEveryReplicaStartedAnew() throws Exception {
        replicas(1);
        for (int i = 0; i < 7; i++) {
            assertTrue(replicas.call(0, List.of(monthly(10))));
        }
        replicas.kill(0);
        replicas.flood(20, List.of(monthly(10)));

        assertEquals(10, replicas.admitted.get());
    }

    @Test
    void losesLessThanAHundredthWhenReplicasDieAgainAndAgain() throws Exception {
        replicas(3);
        List<Limit> limits = List.of(monthly(10_000));
        for (int i = 0; i < 30; i++) {
            for (int call = 0; call < 100; call++) {
                assertTrue(replicas.call(i % 3, limits));
            }
            replicas.kill(i % 3);
        }
        replicas.flood(CALLERS, limits);

        assertUsedUp(10_000, replicas.admitted.get());
    }

    @Test
    void countsACallAgainstAllLimitsOrNone() throws Exception {
        Limit wide = monthly(300);
        Limit narrow = new Limit(key + ":narrow", Window.HOUR, 10);
        replicas(3).flood(CALLERS, List.of(wide, narrow));

        assertEquals(10, replicas.admitted.get());
        replicas.flood(CALLERS, List.of(wide));
        assertEquals(300, replicas.admitted.get());
    }

    @Test
    void tellsWhichLimitRefuses() throws Exception {
        Limit narrow = new Limit(key + ":narrow", Window.HOUR, 1);
        replicas(1).call(0, List.of(monthly(5), narrow));

        Verdict verdict = Replicas.admit(replicas.all.get(0), List.of(monthly(5), narrow));

        assertEquals(narrow, verdict.exceeded().limit());
        assertEquals(0, verdict.exceeded().left());
        assertEquals(List.of(4L, 0L), verdict.standings().stream().map(Standing::left).toList());
        Duration reset = verdict.exceeded().reset();
        assertTrue(reset.compareTo(Duration.ofHours(1)) <= 0 && !reset.isNegative(), reset.toString());
    }

    @Test
    void refusesFromMemoryOnceTheLimitIsUsedUp() throws Exception {
        replicas(1).flood(10, List.of(monthly(1)));
        long before = replicas.statements();
        for (int i = 0; i < 10_000; i++) {
            replicas.call(0, List.of(monthly(1)));
        }

        assertTrue(replicas.statements() - before < 100, replicas.statements() + " statements");
        assertEquals(1, replicas.admitted.get());
    }

    @Test
    void knowsANewLimitAtOnce() throws Exception {
        replicas(1).flood(10, List.of(monthly(3)));
        assertTrue(replicas.call(0, List.of(monthly(5))));
        assertEquals(1, left(monthly(5)));
        assertEquals(0, left(monthly(2)));

        Verdict lowered = Replicas.admit(replicas.all.get(0), List.of(monthly(2)));

        assertEquals(0, lowered.exceeded().left());
        replicas.flood(10, List.of(monthly(6)));
        assertEquals(6, replicas.admitted.get());
    }

    @Test
    void looksWithoutCounting() {
        replicas(1);

        Standing standing = standing(monthly(9));

        assertEquals(9, standing.left());
        assertTrue(standing.reset().compareTo(Duration.ofDays(31)) <= 0);
        assertEquals(9, left(monthly(9)));
    }

    @Test
    void givesBackWhatACallThatWentAwayHadTaken() throws Exception {
        replicas(2);
        // Some may be admitted at once, by what others gave back already
        AtomicInteger stayed = new AtomicInteger();
        replicas.onLoop(() -> {
            for (int i = 0; i < 50; i++) {
                replicas.all.get(0).admit(List.of(monthly(40))).subscribe()
                        .with(verdict -> stayed.addAndGet(verdict.isAdmitted() ? 1 : 0)).cancel();
            }
        });
        awaitLeft(monthly(40), 40 - stayed.get());
        replicas.flood(20, List.of(monthly(40)));

        assertEquals(40, stayed.get() + replicas.admitted.get());
    }

    private void awaitLeft(Limit limit, long left) {
        Await.until(() -> left(limit) == left, () -> "There are still " + left(limit));
    }

    /** What an idle replica holds, others can use soon. */
    @Test
    void givesBackWhatAnIdleReplicaHolds() {
        replicas(2);
        Limit limit = monthly(1_000_000);
        for (int i = 0; i < 5_000; i++) {
            assertTrue(replicas.call(1, List.of(limit)));
        }
        awaitCountedInAdvance(limit);

        awaitLeft(limit, 1_000_000 - replicas.admitted.get());
    }

    /** Calls on, for what was counted before may be given back already, or just be spent. */
    private void awaitCountedInAdvance(Limit limit) {
        Await.until(() -> {
            assertTrue(replicas.call(1, List.of(limit)));
            return left(limit) < limit.capacity() - replicas.admitted.get();
        }, () -> "nothing was counted in advance");
    }

    @Test
    void givesBackWhatItHoldsWhenItStops() {
        replicas(2);
        Limit limit = monthly(1_000_000);
        for (int i = 0; i < 5_000; i++) {
            assertTrue(replicas.call(1, List.of(limit)));
        }
        replicas.all.get(1).stop(null);

        awaitLeft(limit, 1_000_000 - 5_000);
    }

    @Test
    void beginsAnewWithTheNextWindow() throws Exception {
        long now = System.currentTimeMillis();
        Duration before = Duration.ofMillis(60_000 - now % 60_000 - 10_000);
        replicas = new Replicas(3, vertx -> engine(vertx, port(), before));
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> calls = callUntil(over, 6, List.of(new Limit(key, Window.MINUTE, 50)));
        awaitAdmitted(50);
        assertTrue(System.currentTimeMillis() < now + 10_000, "the first window went by too fast");
        awaitAdmitted(100);
        assertTrue(System.currentTimeMillis() >= now + 10_000, "the second window began too early");
        over.set(true);
        Replicas.finish(calls);

        assertEquals(100, replicas.admitted.get());
    }

    /** Who is not admitted leaves the processor to others for a moment. */
    private List<Future<?>> callUntil(AtomicBoolean over, int callers, List<Limit> limits) {
        return replicas.start(callers, caller -> {
            while (!over.get()) {
                if (!replicas.call(caller % 3, limits)) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        });
    }

    private void awaitAdmitted(long count) {
        Await.until(() -> replicas.admitted.get() >= count, () -> "Only " + replicas.admitted + " were admitted");
    }

    @Test
    void knowsTheCalendarInUtc() {
        Vertx vertx = Vertx.vertx();
        for (String time : List.of("2024-02-29T23:59:59.500Z", "2024-03-01T00:00:00Z", "2023-12-31T22:30:00Z",
                "2025-02-01T00:00:01Z", "2100-02-28T12:00:00Z", "2026-11-22T03:04:05.678Z")) {
            Instant now = Instant.parse(time);
            Engine engine = engineAt(vertx, now);
            for (Window window : Window.values()) {
                Engine.Grant grant = engine.look(List.of(new Limit(key, window, 5))).toCompletionStage()
                        .toCompletableFuture().join().get(0);
                assertEquals(window.start(now).getEpochSecond(), grant.since(), time + " " + window);
                assertEquals(Duration.between(now, window.next(now)), Duration.ofMillis(grant.nanos() / 1_000_000),
                        time + " " + window);
            }
            engine.drop();
        }
        vertx.close();
    }

    @Test
    void failsWhileTheEngineIsAwayAndCountsAgainWhenItIsBack() throws Exception {
        try (PausableLine line = new PausableLine(port())) {
            replicas = new Replicas(3, Replicas.SHORT, vertx -> engine(vertx, line.port(), ahead));
            List<Limit> limits = List.of(monthly(10_000));
            AtomicBoolean over = new AtomicBoolean();
            List<Future<?>> calls = callUntil(over, CALLERS, limits);
            awaitAdmitted(1_000);
            line.pause();
            awaitUnavailable(CALLERS);
            line.resume();
            awaitAdmitted(3_000);
            line.cut();
            awaitAdmitted(5_000);
            over.set(true);
            Replicas.finish(calls);
            replicas.flood(CALLERS, limits);
        }

        assertTrue(replicas.admitted.get() <= 10_000, replicas.admitted + " calls were admitted");
    }

    private void awaitUnavailable(long more) {
        long enough = replicas.unavailable.get() + more;
        Await.until(() -> replicas.unavailable.get() >= enough, () -> "Only " + replicas.unavailable + " failed");
    }

    /** Within the timeout and a look. */
    @Test
    void failsInTime() throws Exception {
        try (PausableLine line = new PausableLine(port())) {
            line.pause();
            replicas = new Replicas(1, Replicas.SHORT, vertx -> engine(vertx, line.port(), ahead));
            long before = System.nanoTime();

            replicas.call(0, List.of(monthly(5)));

            assertEquals(1, replicas.unavailable.get());
            assertTrue(System.nanoTime() - before < Replicas.SHORT.timeout().toNanos() * 2);
        }
    }
}
