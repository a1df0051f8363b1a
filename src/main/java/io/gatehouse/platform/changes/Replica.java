package io.gatehouse.platform.changes;

import java.time.Duration;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * This process among its peers: it counts as running while it renews its row, which it does only while it hears notices.
 * A replica notices by its own clock that it ran out of time, before the others count it out by the database's clock.
 */
@Singleton
class Replica {

    static final Duration RENEWAL = Duration.ofSeconds(1);

    /** How long others wait for a silent replica. */
    static final Duration COUNTED = Duration.ofSeconds(5);

    /** How long a silent replica trusts itself. */
    private static final Duration TRUSTED = Duration.ofSeconds(4);

    private final UUID id = UUID.randomUUID();
    private final Pool pool;
    private volatile long trustedUntil = System.nanoTime();

    @Inject
    Replica(Pool pool) {
        this.pool = pool;
    }

    UUID id() {
        return id;
    }

    boolean isCurrent() {
        return System.nanoTime() - trustedUntil < 0;
    }

    Uni<Void> renew() {
        long asked = System.nanoTime();
        return pool.preparedQuery("""
                insert into replica (id, seen_at) values ($1, clock_timestamp())
                on conflict (id) do update set seen_at = excluded.seen_at""").execute(Tuple.of(id))
                .invoke(() -> trustedUntil = asked + TRUSTED.toNanos())
                .chain(() -> pool.query("delete from replica where seen_at < clock_timestamp() - interval '1 hour'")
                        .execute())
                .replaceWithVoid();
    }

    /** From now on nothing kept is trusted, until the next renewal. */
    void distrust() {
        trustedUntil = System.nanoTime();
    }

    /** Ends the row of a process that stops in good order. */
    Uni<Void> leave() {
        distrust();
        return pool.preparedQuery("delete from replica where id = $1").execute(Tuple.of(id)).replaceWithVoid();
    }
}
