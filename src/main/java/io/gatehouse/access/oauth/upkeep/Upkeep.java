package io.gatehouse.access.oauth.upkeep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Removes what is over, in statements of a bounded size. What is good for nothing else still tells theft for a while: a used
 * code for a day, a used refresh token for as long as it would have been good.
 */
@Singleton
public class Upkeep {

    private static final int AT_ONCE = 1_000;
    private static final int MOST_ROUNDS = 50;
    private static final Duration DAY = Duration.ofDays(1);

    /** One that registered and was never let in is likely to be forgotten by whoever made it. */
    private static final Duration UNUSED_CLIENT = Duration.ofDays(7);
    private static final Duration OLD_CLIENT = Duration.ofDays(180);

    private final Pool pool;
    private final Clock clock;
    private final List<Sweep> sweeps;

    @Inject
    Upkeep(Pool pool, Clock clock,
            @ConfigProperty(name = "gatehouse.identity.grant-lifetime", defaultValue = "90d") Duration grantLifetime) {
        this.pool = pool;
        this.clock = clock;
        this.sweeps = List.of(
                new Sweep("oauth_code", "expires_at < $1", DAY),
                new Sweep("oauth_refresh_token", "expires_at < $1", DAY),
                new Sweep("oauth_grant g", """
                        revoked_at < $1 or expires_at < $1
                        or used_at < $1 and not exists (select 1 from oauth_refresh_token t where t.grant_id = g.id)
                        or used_at < $1 and epoch <> (select u.epoch from end_user u where u.id = g.user_id)""", DAY),
                new Sweep("oauth_consent c", """
                        agreed_at < $1 and not exists (select 1 from oauth_grant g where g.user_id = c.user_id
                            and g.server_id = c.server_id and g.client_id = c.client_id)""", grantLifetime),
                new Sweep("oauth_client c", clients("used_at is null and created_at < $1"), UNUSED_CLIENT),
                new Sweep("oauth_client c", clients("coalesce(used_at, created_at) < $1"), OLD_CLIENT),
                new Sweep("oauth_assertion", "expires_at < $1", DAY));
    }

    private static String clients(String which) {
        return which + " and not exists (select 1 from oauth_grant g where g.client_id = c.id)";
    }

    /** What goes from a table when it is so old. */
    private record Sweep(String table, String which, Duration age) {

        String sql() {
            return "delete from %1$s where ctid = any (array(select ctid from %1$s where %2$s limit %3$d))"
                    .formatted(table, which, AT_ONCE);
        }
    }

    /** What one run leaves over, the next takes. */
    public Uni<Void> purge() {
        Instant now = clock.instant();
        return Multi.createFrom().iterable(sweeps)
                .onItem().transformToUniAndConcatenate(sweep -> sweep(sweep, now.minus(sweep.age()), MOST_ROUNDS))
                .collect().asList().replaceWithVoid();
    }

    private Uni<Void> sweep(Sweep sweep, Instant before, int rounds) {
        return pool.preparedQuery(sweep.sql()).execute(Tuple.of(before.atOffset(ZoneOffset.UTC)))
                .chain(gone -> gone.rowCount() < AT_ONCE || rounds == 1 ? Uni.createFrom().voidItem()
                        : sweep(sweep, before, rounds - 1));
    }
}
