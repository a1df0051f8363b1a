package io.gatehouse.platform.limits;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gatehouse.platform.limits.Engine.Claim;
import io.vertx.core.Future;

/**
 * Gives places that have just been left to the next calls, asks the engine for more, and gives it at once what nobody
 * waits for.
 */
final class PlaceClerk implements Clerk<List<PlaceLimit>, PlaceClerk.Taken> {

    private final Engine engine;
    private final long placesFor;
    private final Map<String, Seats> seats = new ConcurrentHashMap<>();
    /** Which may have places that nobody waits for. */
    private final Set<Seats> noted = new HashSet<>();
    /** To be claimed again. */
    private final Set<Seats> due = new HashSet<>();
    private List<Seats> asked = List.of();

    PlaceClerk(Engine engine, Duration placesFor) {
        this.engine = engine;
        this.placesFor = placesFor.toNanos();
    }

    /** The place of a call under each of its limits, or the limit that has none. */
    static final class Taken {

        private final List<Seats> seats;
        private final PlaceLimit exceeded;
        private final AtomicBoolean left = new AtomicBoolean();

        Taken(List<Seats> seats, PlaceLimit exceeded) {
            this.seats = seats;
            this.exceeded = exceeded;
        }

        PlaceLimit exceeded() {
            return exceeded;
        }

        List<Seats> seats() {
            return seats;
        }

        /** Whether it was not left before. */
        boolean leave() {
            boolean isFirst = left.compareAndSet(false, true);
            if (isFirst) {
                seats.forEach(Seats::leave);
            }
            return isFirst;
        }
    }

    /** On any thread. */
    @Override
    public Taken answer(List<PlaceLimit> limits) {
        long now = System.nanoTime();
        Seats[] taken = new Seats[limits.size()];
        for (int i = 0; i < taken.length; i++) {
            Seats one = seats.get(limits.get(i).key());
            if (one == null || !one.take(limits.get(i).capacity(), now)) {
                for (int j = 0; j < i; j++) {
                    taken[j].leave();
                }
                return refusal(limits, now);
            }
            taken[i] = one;
        }
        return new Taken(List.of(taken), null);
    }

    private Taken refusal(List<PlaceLimit> limits, long now) {
        for (PlaceLimit limit : limits) {
            Seats one = seats.get(limit.key());
            if (one != null && one.capacity() == limit.capacity() && one.refuses(now)) {
                return new Taken(List.of(), limit);
            }
        }
        return null;
    }

    void note(List<Seats> left) {
        noted.addAll(left);
    }

    @Override
    public void tick() {
        seats.values().stream().filter(Seats::tick).forEach(due::add);
        if (asked.isEmpty()) {
            seats.values().removeIf(Seats::isForgotten);
        }
    }

    @Override
    public boolean hasNews() {
        noted.addAll(asked);
        asked = List.of();
        noted.removeIf(one -> !one.hasNews());
        return !noted.isEmpty() || !due.isEmpty();
    }

    @Override
    public Future<Void> ask(List<List<PlaceLimit>> calls) {
        hasNews();
        long sent = System.nanoTime();
        Map<Seats, Need> needs = new TreeMap<>(Comparator.comparing(Seats::key));
        calls.forEach(limits -> Need.add(
                limits.stream().map(limit -> seats.computeIfAbsent(limit.key(), Seats::new)).toList(),
                limits.stream().map(PlaceLimit::capacity).toList(), needs, sent));
        due.addAll(noted);
        due.forEach(one -> needs.computeIfAbsent(one, same -> same.need(sent)));
        due.clear();
        noted.clear();
        if (needs.isEmpty()) {
            return null;
        }
        asked = List.copyOf(needs.keySet());
        return hold(asked, needs.entrySet().stream().map(entry -> entry.getKey().claim(entry.getValue())).toList());
    }

    private Future<Void> hold(List<Seats> asking, List<Claim> claims) {
        long sent = System.nanoTime();
        return engine.hold(claims).map(shares -> {
            for (int i = 0; i < shares.size(); i++) {
                asking.get(i).add(shares.get(i), claims.get(i), sent, placesFor);
            }
            return null;
        });
    }

    @Override
    public void undo(List<PlaceLimit> limits, Taken taken) {
        if (taken.leave()) {
            note(taken.seats());
        }
    }

    @Override
    public Future<?> greet() {
        return engine.hold(List.of());
    }

    @Override
    public void drop() {
        engine.drop();
    }

    long keys() {
        return seats.size();
    }

    long held() {
        return seats.values().stream().mapToLong(Seats::held).sum();
    }
}
