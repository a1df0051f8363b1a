package io.gatehouse.platform.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.kernel.Problem;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.PausableLine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;

/** What every engine must give: bounds of calls at the same time that hold over all replicas. */
abstract class ExactPlaces {

    /** A replica may stand still for that long without the second after which it claims them again. */
    static final Duration PLACES_FOR = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final PlaceLimit limit = limit(5);
    private final List<HeldPlaces> replicas = new ArrayList<>();

    /** One with connections of its own to a port, at a time that is ahead by so much. */
    abstract Engine engine(Vertx vertx, int port, Duration ahead);

    /** One whose time stands still. */
    abstract Engine engineAt(Vertx vertx, Instant time);

    abstract int port();

    private static PlaceLimit limit(long capacity) {
        return new PlaceLimit("test:" + UUID.randomUUID(), capacity);
    }

    private HeldPlaces replica(int port) {
        return replica(port, Replicas.LONG);
    }

    private HeldPlaces replica(int port, Desk.Patience patience) {
        HeldPlaces replica = new HeldPlaces(vertx, engine(vertx, port, Duration.ZERO), patience,
                new SimpleMeterRegistry());
        replicas.add(replica);
        return replica;
    }

    @AfterEach
    void closePlaces() {
        replicas.forEach(HeldPlaces::abandon);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Place take(HeldPlaces replica, PlaceLimit... limits) {
        return replica.take(List.of(limits)).await().atMost(Replicas.LONGEST);
    }

    /** Until it is refused. */
    private static List<Place> takeAll(HeldPlaces replica, PlaceLimit limit) {
        List<Place> places = new ArrayList<>();
        for (Place place = take(replica, limit); place.isTaken(); place = take(replica, limit)) {
            places.add(place);
        }
        return places;
    }

    private static Place awaitTaken(HeldPlaces replica, PlaceLimit... limits) {
        AtomicReference<Place> place = new AtomicReference<>();
        Await.until(() -> {
            place.set(take(replica, limits));
            return place.get().isTaken();
        }, () -> "There is still no place");
        return place.get();
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 10, 100 })
    void letsNeverMoreThroughAtTheSameTime(long capacity) throws Exception {
        PlaceLimit bound = limit(capacity);
        IntStream.range(0, 3).forEach(i -> replica(port()));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        ExecutorService callers = Executors.newCachedThreadPool();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            HeldPlaces replica = replicas.get(i % 3);
            calls.add(callers.submit(() -> {
                while (System.nanoTime() < end || taken.get() <= 10) {
                    Place place = take(replica, bound);
                    if (place.isTaken()) {
                        taken.incrementAndGet();
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                        place.leave();
                    }
                }
            }));
        }
        Replicas.finish(calls);
        callers.shutdown();

        assertTrue(most.get() <= capacity, most + " were inside, of " + capacity);
        assertTrue(taken.get() > 10, "Only " + taken + " got a place");
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 7, 250 })
    void givesEveryPlace(long capacity) {
        PlaceLimit bound = limit(capacity);
        HeldPlaces one = replica(port());
        HeldPlaces other = replica(port());
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < capacity; i++) {
            Place place = awaitTaken(i % 2 == 0 ? one : other, bound);
            assertNull(place.exceeded());
            places.add(place);
        }

        assertEquals(bound, take(one, bound).exceeded());
        assertEquals(bound, take(other, bound).exceeded());
        places.get(0).leave();
        places.get(0).leave();
        awaitTaken(other, bound);
        assertFalse(take(one, bound).isTaken());
    }

    // P-14
    @Test
    void tellsHowManyPlacesAllReplicasHave() {
        HeldPlaces one = replica(port());
        HeldPlaces other = replica(port());
        Place first = take(one, limit);
        take(one, limit);
        take(other, limit);

        assertEquals(List.of(0L, 3L), taken(replica(port()), limit(9), limit));

        first.leave();
        awaitTaken(replica(port()), 2);
        other.abandon();
        awaitTaken(one, 1);
    }

    // P-14
    @Test
    void aReplicaThatStartsIsNotReadyBeforeItReachesWhatCounts() throws Exception {
        try (PausableLine line = new PausableLine(port())) {
            line.pause();
            LeasedCounters counters = new LeasedCounters(vertx, engine(vertx, line.port(), Duration.ZERO), Clock.systemUTC(),
                    Replicas.SHORT, new SimpleMeterRegistry());
            HeldPlaces places = replica(line.port(), Replicas.SHORT);
            LimitsCheck check = new LimitsCheck(EnginesTest.engines(null), counters, places);
            assertEquals(Status.DOWN, check.call().getStatus());

            line.resume();
            Await.until(() -> check.call().getStatus() == Status.UP, () -> "It does not get ready");

            // It stays so
            line.pause();
            line.cut();
            assertThrows(Problem.class, () -> take(places, limit));
            assertEquals(Status.UP, check.call().getStatus());
            counters.abandon();
        }
    }

    private static List<Long> taken(HeldPlaces replica, PlaceLimit... limits) {
        return replica.taken(List.of(limits)).await().atMost(Replicas.LONGEST);
    }

    private void awaitTaken(HeldPlaces replica, long count) {
        Await.until(() -> taken(replica, limit).equals(List.of(count)), () -> "There are still " + taken(replica, limit));
    }

    @Test
    void givesWhatOneReplicaLeavesToAnother() {
        HeldPlaces one = replica(port());
        takeAll(one, limit).forEach(Place::leave);

        HeldPlaces other = replica(port());
        for (int i = 0; i < 5; i++) {
            awaitTaken(other, limit);
        }
    }

    @Test
    void takesAPlaceUnderAllLimitsOrNone() {
        HeldPlaces replica = replica(port());
        PlaceLimit narrow = limit(1);
        assertTrue(take(replica, limit, narrow).isTaken());
        for (int i = 0; i < 20; i++) {
            assertEquals(narrow, take(replica, limit, narrow).exceeded());
        }

        for (int i = 0; i < 4; i++) {
            awaitTaken(replica, limit);
        }
        assertFalse(take(replica, limit).isTaken());
    }

    @Test
    void leavesThePlaceOfACallThatWentAway() throws Exception {
        HeldPlaces replica = replica(port());
        // Some may get a place at once, which others left already
        Replicas.onLoop(vertx, () -> {
            for (int i = 0; i < 50; i++) {
                replica.take(List.of(limit)).subscribe().with(Place::leave).cancel();
            }
        });

        for (int i = 0; i < 5; i++) {
            awaitTaken(replica, limit);
        }
    }

    @Test
    void keepsPlacesForAsLongAsCallsLast() {
        HeldPlaces one = replica(port());
        takeAll(one, limit);
        HeldPlaces other = replica(port());
        long end = System.nanoTime() + PLACES_FOR.toNanos() * 3 / 2;
        while (System.nanoTime() < end) {
            assertFalse(take(other, limit).isTaken());
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void freesThePlacesOfADeadReplica() {
        HeldPlaces dead = replica(port());
        assertEquals(5, takeAll(dead, limit).size());
        HeldPlaces other = replica(port());
        assertEquals(List.of(5L), taken(other, limit));
        dead.abandon();

        assertFalse(take(other, limit).isTaken());
        for (int i = 0; i < 5; i++) {
            awaitTaken(other, limit);
        }
    }

    /** Who is cut off knows it before others get its places. */
    @Test
    void givesNoPlaceThatAnotherMayHave() throws Exception {
        try (PausableLine line = new PausableLine(port())) {
            HeldPlaces cutOff = replica(line.port(), Replicas.SHORT);
            List<Place> lost = takeAll(cutOff, limit);
            line.pause();
            HeldPlaces other = replica(port());
            Place first = awaitTaken(other, limit);
            lost.remove(0).leave();
            assertThrows(Problem.class, () -> take(cutOff, limit));
            takeAll(other, limit);
            line.resume();

            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            while (System.nanoTime() < end) {
                try {
                    assertFalse(take(cutOff, limit).isTaken());
                } catch (Problem stillAway) {
                    assertEquals(Problem.Kind.UNAVAILABLE, stillAway.kind());
                }
            }
            lost.forEach(Place::leave);
            first.leave();
            Await.until(() -> takeWhenReached(cutOff).isTaken(), () -> "There is still no place");
            assertFalse(takeWhenReached(cutOff).isTaken());
        }
    }

    /** When it has found out that the engine is back. */
    private Place takeWhenReached(HeldPlaces replica) {
        AtomicReference<Place> place = new AtomicReference<>();
        Await.until(() -> {
            try {
                place.set(take(replica, limit));
                return true;
            } catch (Problem stillAway) {
                assertEquals(Problem.Kind.UNAVAILABLE, stillAway.kind());
                return false;
            }
        }, () -> "It does not reach the engine");
        return place.get();
    }
}
