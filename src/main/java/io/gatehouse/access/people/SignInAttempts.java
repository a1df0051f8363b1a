package io.gatehouse.access.people;

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

/**
 * Slows guessing down, on all replicas together: the fifth failure in a row for an address makes it wait for 30 s, each
 * further one for twice as long, up to 15 min. It counts what was typed, whether or not somebody has the address, and an
 * attempt counts from its begin, so that those at the same time count too.
 */
@Singleton
class SignInAttempts {

    private static final Duration REMEMBERED = Duration.ofDays(1);

    /** By the same rule for capitals as the search for the person, so that no second spelling is counted by itself. */
    private static final String DIGEST = "encode(sha256(convert_to(lower($1), 'UTF8')), 'hex')";

    private static final String BEGIN = """
            insert into sign_in_attempt as a (digest, failures, heard_from, last_at) values (%s, 1, $2, $2)
            on conflict (digest) do update set last_at = $2, (failures, heard_from) = (
                select next, case when next < 5 then $2
                    else $2 + make_interval(secs => least(30 * power(2, least(next, 20) - 5), 900)) end
                from (select case when a.last_at < $3 then 1 else a.failures + 1 end as next) counted)
            where a.heard_from <= $2""".formatted(DIGEST);

    private final Pool pool;
    private final Clock clock;

    @Inject
    SignInAttempts(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Counts one more failure unless it is told otherwise; false where none is to be heard now. */
    Uni<Boolean> begin(String email) {
        Instant now = clock.instant();
        return pool.preparedQuery(BEGIN).execute(Tuple.of(email, stored(now), stored(now.minus(REMEMBERED))))
                .map(counted -> counted.rowCount() == 1);
    }

    /** It came to neither success nor failure. */
    Uni<Void> withdraw(String email) {
        return pool.preparedQuery("update sign_in_attempt set failures = failures - 1, heard_from = $2 where digest = "
                + DIGEST).execute(Tuple.of(email, stored(clock.instant()))).replaceWithVoid();
    }

    Uni<Void> forget(String email) {
        return pool.preparedQuery("delete from sign_in_attempt where digest = " + DIGEST).execute(Tuple.of(email))
                .replaceWithVoid();
    }

    Uni<Void> purge() {
        return pool.preparedQuery("delete from sign_in_attempt where last_at < $1")
                .execute(Tuple.of(stored(clock.instant().minus(REMEMBERED)))).replaceWithVoid();
    }

    private static OffsetDateTime stored(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
