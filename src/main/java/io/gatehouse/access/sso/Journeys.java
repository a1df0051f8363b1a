package io.gatehouse.access.sso;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The browsers that are at the provider: each comes back once, and in time. */
@Singleton
public class Journeys {

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Pool pool;
    private final Clock clock;

    @Inject
    Journeys(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** @param query of the request that goes on then; may be empty */
    record Errand(long providerId, String query) {
    }

    Uni<Void> begin(Journey journey, Errand errand) {
        return pool.preparedQuery("insert into sso_journey (digest, provider_id, query, expires_at) values ($1, $2, $3, $4)")
                .execute(Tuple.of(journey.digest(), errand.providerId(), errand.query(), stored(clock.instant().plus(LONGEST))))
                .replaceWithVoid();
    }

    /** What for; null where that journey is none of this browser's, is over, or took too long. */
    Uni<Errand> end(Journey journey) {
        return pool.preparedQuery("""
                delete from sso_journey where digest = $1 and expires_at > $2 returning provider_id, query""")
                .execute(Tuple.of(journey.digest(), stored(clock.instant())))
                .map(rows -> rows.size() == 0 ? null
                        : new Errand(rows.iterator().next().getLong(0), rows.iterator().next().getString(1)));
    }

    /** Forgets those that took too long. */
    public Uni<Void> purge() {
        return pool.preparedQuery("delete from sso_journey where expires_at <= $1")
                .execute(Tuple.of(stored(clock.instant()))).replaceWithVoid();
    }

    private static OffsetDateTime stored(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
