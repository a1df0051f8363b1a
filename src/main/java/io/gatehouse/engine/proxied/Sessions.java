package io.gatehouse.engine.proxied;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.gatehouse.plan.Upstream;
import io.gatehouse.platform.Shared;
import io.gatehouse.platform.telemetry.Meters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The sessions that this replica holds with legacy upstreams: one for each upstream as its plan has it, shared by all who
 * ask. None is left behind: one that is no good any more is ended at its upstream when the last who uses it is done.
 */
final class Sessions {

    private static final Duration LONGEST_IDLE = Duration.ofHours(1);

    private final int most;
    private final LongSupplier clock;
    private final Function<Upstream, Uni<LegacySession>> begin;
    private final BiFunction<Upstream, LegacySession, Uni<Void>> end;
    private final Map<Upstream, Held> sessions = new ConcurrentHashMap<>();
    private final Shared<Upstream, Held> beginning = new Shared<>();

    /**
     * @param most that are kept; beyond that, the one goes that is not used for the longest time
     * @param clock in nanoseconds, from anywhere
     * @param end as well as it can; does not fail
     */
    Sessions(int most, LongSupplier clock, Function<Upstream, Uni<LegacySession>> begin,
            BiFunction<Upstream, LegacySession, Uni<Void>> end) {
        this.most = most;
        this.clock = clock;
        this.begin = begin;
        this.end = end;
        Meters.gauge("gatehouse.upstream.sessions", "Sessions with third-party MCP servers", sessions, Map::size);
    }

    /** What the work gives. A session with which it fails by {@link Talk.SessionGone} is not used any more. */
    <T> Multi<T> use(Upstream upstream, Function<LegacySession, Multi<T>> work) {
        return Uni.createFrom().deferred(() -> held(upstream)).onItem().transformToMulti(held -> {
            if (!held.enter()) {
                return use(upstream, work);
            }
            return Multi.createFrom().deferred(() -> work.apply(held.session))
                    .onFailure(Talk.SessionGone.class).invoke(gone -> drop(held))
                    .onTermination().invoke(held::leave);
        });
    }

    private Uni<Held> held(Upstream upstream) {
        Held held = sessions.get(upstream);
        return held != null ? Uni.createFrom().item(held)
                : beginning.of(upstream,
                        () -> begin.apply(upstream).map(session -> keep(new Held(upstream, session))));
    }

    private Held keep(Held held) {
        makeRoom();
        Held before = sessions.put(held.upstream, held);
        if (before != null) {
            before.drop();
        }
        return held;
    }

    private void makeRoom() {
        long now = clock.getAsLong();
        dropIf(held -> now - held.used > LONGEST_IDLE.toNanos());
        while (sessions.size() >= most) {
            sessions.values().stream().min(Comparator.comparingLong(held -> held.used - now)).ifPresent(this::drop);
        }
    }

    /** All that this concerns. */
    void dropIf(Predicate<? super Held> concerned) {
        List.copyOf(sessions.values()).stream().filter(concerned).forEach(this::drop);
    }

    /** Those with an upstream that has changed; where nothing is known of what has, they stay: plans say what they are for. */
    void changed(String topic) {
        dropIf(held -> Upstream.topic(held.upstream.id()).equals(topic));
    }

    /** Ends all, in use or not. */
    Uni<Void> endAll() {
        List<Held> all = List.copyOf(sessions.values());
        sessions.clear();
        return all.isEmpty() ? Uni.createFrom().voidItem()
                : Uni.join().all(all.stream().map(held -> end.apply(held.upstream, held.session)).toList()).andCollectFailures()
                        .replaceWithVoid();
    }

    private void drop(Held held) {
        sessions.remove(held.upstream, held);
        held.drop();
    }

    /** One session, and how many use it. */
    final class Held {

        private final Upstream upstream;
        private final LegacySession session;
        private volatile long used = clock.getAsLong();
        private int users;
        private boolean dropped;

        private Held(Upstream upstream, LegacySession session) {
            this.upstream = upstream;
            this.session = session;
        }

        /** @return false when it may have ended already; otherwise {@link #leave} must follow */
        private synchronized boolean enter() {
            if (dropped) {
                return false;
            }
            used = clock.getAsLong();
            users++;
            return true;
        }

        private void leave() {
            boolean isLast;
            synchronized (this) {
                users--;
                isLast = dropped && users == 0;
            }
            endIf(isLast);
        }

        private void drop() {
            boolean isUnused;
            synchronized (this) {
                isUnused = !dropped && users == 0;
                dropped = true;
            }
            endIf(isUnused);
        }

        private void endIf(boolean nobodyUsesIt) {
            if (nobodyUsesIt) {
                end.apply(upstream, session).subscribe().with(ended -> {
                }, failure -> {
                });
            }
        }
    }
}
