package io.gatehouse.connections;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.connections.Scheme.Place;
import io.gatehouse.connections.TokenEndpoint.Issued;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.Shared;
import io.gatehouse.platform.telemetry.Meters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The access tokens that Gatehouse holds in its own name, each kept until shortly before it expires, or until its
 * connection is another version. One at a time is asked for per connection.
 */
@Singleton
class AccessTokens {

    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** A token that lives shortly is used for most of its life. */
    private static final int MARGIN_SHARE = 10;

    /** So that a token endpoint that refuses is not asked for every call. */
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);

    /** So that a back end that refuses every token does not cost one for every call. */
    private static final Duration RENEWED_AGAIN = Duration.ofSeconds(10);
    private static final int MOST_KEPT = 10_000;

    private final TokenEndpoint endpoint;
    private final Clock clock;
    private final Cache<Long, Held> kept = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();
    private final Shared<Key, Credential> asking = new Shared<>();

    @Inject
    AccessTokens(TokenEndpoint endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
        Meters.cache("back-end-tokens", kept);
    }

    private record Key(long connectionId, int version) {
    }

    /**
     * A token, or why there is none, or neither.
     *
     * @param renewedAt when a back end refused the one before, or null
     */
    private record Held(int version, Credential credential, Problem failure, Instant until, Instant renewedAt) {
    }

    Uni<Credential> of(ClientLogin login) {
        Held held = kept.getIfPresent(login.connectionId());
        if (held == null || held.version() != login.version() || !clock.instant().isBefore(held.until())) {
            return asking.of(new Key(login.connectionId(), login.version()), () -> ask(login));
        }
        return held.failure() == null ? Uni.createFrom().item(held.credential())
                : Uni.createFrom().failure(held.failure());
    }

    private Uni<Credential> ask(ClientLogin login) {
        return endpoint.ask(login).map(issued -> keep(login, issued))
                .onFailure(Problem.class).invoke(failure -> keep(login.connectionId(), new Held(login.version(), null,
                        failure, clock.instant().plus(FAILURE_KEPT), null)));
    }

    private Credential keep(ClientLogin login, Issued issued) {
        Credential credential = new Credential(Place.HEADER, "Authorization", "Bearer " + issued.token());
        Duration share = issued.lifetime().dividedBy(MARGIN_SHARE);
        Duration margin = share.compareTo(MARGIN) < 0 ? share : MARGIN;
        keep(login.connectionId(), new Held(login.version(), credential, null,
                clock.instant().plus(issued.lifetime()).minus(margin), null));
        return credential;
    }

    private void keep(long connectionId, Held fresh) {
        kept.asMap().merge(connectionId, fresh, (before, after) -> before.version() > after.version() ? before
                : before.version() < after.version() ? after
                        : new Held(after.version(), after.credential(), after.failure(), after.until(),
                                before.renewedAt()));
    }

    /**
     * Drops a token that a back end refused, unless another one took its place already.
     *
     * @return whether it is worthwhile to ask again; not when the refused one was got for the same reason just now
     */
    boolean drop(ClientLogin login, Credential refused) {
        Instant now = clock.instant();
        Held held = kept.getIfPresent(login.connectionId());
        if (held == null || held.version() != login.version() || !refused.equals(held.credential())) {
            return true;
        }
        if (held.renewedAt() != null && now.isBefore(held.renewedAt().plus(RENEWED_AGAIN))) {
            return false;
        }
        kept.asMap().replace(login.connectionId(), held, new Held(held.version(), null, null, now, now));
        return true;
    }
}
