package io.gatehouse.access.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.access.people.EndUser;
import io.gatehouse.access.tokens.TokenDigest;
import io.gatehouse.platform.secrets.Vault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The sessions of browsers that are signed in. One ends after a while, by signing out, and with its person's epoch: when
 * the person is deactivated or deleted, or sets a password. Each question is one statement, so that it holds everywhere.
 */
@Singleton
public class BrowserSessions {

    private static final String BEGIN = """
            insert into browser_session (digest, user_id, epoch, created_at, seen_at, expires_at, provider_id, sealed_id_token)
            values ($1, $2, $3, $4, $4, $5, $6, $7)""";

    private static final String SEE = """
            update browser_session s set seen_at = $2 from end_user u
            where s.digest = $1 and s.expires_at > $2 and s.seen_at > $3
                and u.id = s.user_id and u.active and u.epoch = s.epoch
            returning u.id, u.name, u.email, s.created_at, s.provider_id is not null,
                u.sealed_second_factor is not null""";

    private final Pool pool;
    private final Vault vault;
    private final Clock clock;
    private final Duration lifetime;
    private final Duration longestIdle;

    @Inject
    BrowserSessions(Pool pool, Vault vault, Clock clock,
            @ConfigProperty(name = "gatehouse.identity.session-lifetime", defaultValue = "12h") Duration lifetime,
            @ConfigProperty(name = "gatehouse.identity.session-idle", defaultValue = "2h") Duration longestIdle) {
        this.pool = pool;
        this.vault = vault;
        this.clock = clock;
        this.lifetime = lifetime;
        this.longestIdle = longestIdle;
    }

    /**
     * A new session of a person who has just shown who they are; its cookie's value.
     *
     * @param voucher null where they did so by their password
     */
    public Uni<String> begin(EndUser user, Voucher voucher) {
        String cookie = TokenDigest.random();
        String digest = TokenDigest.of(cookie);
        Instant now = clock.instant();
        return pool.preparedQuery(BEGIN).execute(Tuple.from(Arrays.asList(digest, user.id(), user.epoch(), stored(now),
                stored(now.plus(lifetime)), voucher == null ? null : voucher.providerId(),
                voucher == null ? null : vault.seal(purpose(digest), voucher.idToken())))).replaceWith(cookie);
    }

    private static String purpose(String digest) {
        return "id-token:" + digest;
    }

    /**
     * Whose browser sends a cookie with this value.
     *
     * @param cookie may be null
     * @return null for nobody's
     */
    public Uni<SignedIn> of(String cookie) {
        if (cookie == null) {
            return Uni.createFrom().nullItem();
        }
        Instant now = clock.instant();
        return pool.preparedQuery(SEE)
                .execute(Tuple.of(TokenDigest.of(cookie), stored(now), stored(now.minus(longestIdle))))
                .map(rows -> rows.size() == 0 ? null : signedIn(rows.iterator().next()));
    }

    private static SignedIn signedIn(Row row) {
        return new SignedIn(row.getLong(0), row.getString(1), row.getString(2), row.getOffsetDateTime(3).toInstant(),
                row.getBoolean(4), row.getBoolean(5));
    }

    /**
     * @param cookie may be null
     * @return null where nobody's session has ended, or one that a password had opened
     */
    public Uni<Voucher> end(String cookie) {
        if (cookie == null) {
            return Uni.createFrom().nullItem();
        }
        String digest = TokenDigest.of(cookie);
        return pool.preparedQuery("delete from browser_session where digest = $1 returning provider_id, sealed_id_token")
                .execute(Tuple.of(digest)).map(rows -> rows.size() == 0 ? null : rows.iterator().next())
                .map(row -> row == null || row.getLong(0) == null ? null
                        : new Voucher(row.getLong(0), vault.open(purpose(digest), row.getString(1))));
    }

    /** Ends all that the provider has vouched for. */
    public Uni<Void> endAll(long providerId) {
        return pool.preparedQuery("delete from browser_session where provider_id = $1").execute(Tuple.of(providerId))
                .replaceWithVoid();
    }

    /** Forgets what is over. */
    public Uni<Void> purge() {
        return pool.preparedQuery("delete from browser_session where expires_at <= $1")
                .execute(Tuple.of(stored(clock.instant()))).replaceWithVoid();
    }

    private static OffsetDateTime stored(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
