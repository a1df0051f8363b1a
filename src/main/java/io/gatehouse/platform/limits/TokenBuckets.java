package io.gatehouse.platform.limits;

import java.time.Duration;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Token buckets that all replicas share, by the database's clock: each request is one statement. A bucket is full at
 * first; what was taken comes back at the end of each interval, counted from when it was last full.
 */
@Singleton
public class TokenBuckets {

    private static final String TAKE = """
            insert into token_bucket as bucket (key, tokens, since) values ($1, $2 - 1, clock_timestamp())
            on conflict (key) do update set (tokens, since) = (
                select case when filled >= $2 then $2 else filled end - 1,
                    case when filled >= $2 then clock_timestamp()
                    else bucket.since + intervals * make_interval(secs => $4) end
                from (select floor(extract(epoch from clock_timestamp() - bucket.since) / $4) as intervals) elapsed,
                    lateral (select greatest(bucket.tokens, 0) + intervals * $3 as filled) refilled)
            returning tokens, extract(epoch from since + make_interval(secs => $4) - clock_timestamp())""";

    private final Pool pool;

    @Inject
    TokenBuckets(Pool pool) {
        this.pool = pool;
    }

    /**
     * How much a bucket holds, and how much comes back in each interval.
     *
     * @param capacity 0 for no limit at all
     */
    public record Size(int capacity, int refill, Duration interval) {
    }

    /** Takes one token; fails with LIMITED and the time until the next come back when there is none. */
    public Uni<Void> take(String key, Size size) {
        if (size.capacity() == 0) {
            return Uni.createFrom().voidItem();
        }
        double seconds = size.interval().toMillis() / 1_000.0;
        return pool.preparedQuery(TAKE).execute(Tuple.of(key, size.capacity(), size.refill(), seconds))
                .map(rows -> rows.iterator().next()).invoke(TokenBuckets::check).replaceWithVoid();
    }

    private static void check(Row row) {
        if (row.getInteger(0) < 0) {
            long wait = Math.max(1, (long) Math.ceil(row.getDouble(1)));
            throw Problem.limited("Too many requests; try again in " + wait + " s", Duration.ofSeconds(wait));
        }
    }
}
