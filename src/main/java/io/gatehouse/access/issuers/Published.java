package io.gatehouse.access.issuers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.platform.Shared;
import io.gatehouse.platform.telemetry.Meters;
import io.smallrye.mutiny.Uni;

/**
 * What issuers and applications publish, kept for as long as each of them says, within bounds. Where one can't be asked again,
 * what it
 * published serves until it is an hour old. One question to an issuer is under way at a time, and a failure is remembered
 * for a moment.
 */
public final class Published<V> {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);
    private static final Duration RENEWED_AGAIN = Duration.ofSeconds(30);
    private static final int MOST_KEPT = 1_000;

    private final Clock clock;
    private final Function<String, Uni<Fetched<V>>> fetch;
    private final Cache<String, Held<V>> kept = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();
    private final Shared<String, Held<V>> fetching = new Shared<>();

    /** @param name in metrics */
    public Published(String name, Clock clock, Function<String, Uni<Fetched<V>>> fetch) {
        this.clock = clock;
        this.fetch = fetch;
        Meters.cache(name, kept);
    }

    /** A value, and how long its issuer wants it to be kept. */
    public record Fetched<V>(V value, Duration lifetime) {
    }

    /**
     * What is known of an issuer.
     *
     * @param value the last one that was got, or null
     * @param end of the value's life, whatever happens
     * @param askedAgainAt when it is time to ask again
     * @param failure of the last question, or null
     * @param renewedAt when the value was asked for anew before its time
     */
    private record Held<V>(V value, Instant end, Instant askedAgainAt, Throwable failure, Instant renewedAt) {

        Uni<V> give(Instant now) {
            return lives(now) ? Uni.createFrom().item(value) : Uni.createFrom().failure(failure);
        }

        boolean lives(Instant now) {
            return value != null && now.isBefore(end);
        }
    }

    /** What the issuer publishes now; who would wait for one that just failed to answer gets what it published before. */
    public Uni<V> get(String issuer) {
        Instant now = clock.instant();
        Held<V> held = kept.getIfPresent(issuer);
        if (held != null && now.isBefore(held.askedAgainAt())) {
            return held.give(now);
        }
        Uni<V> fresh = fetch(issuer, false).chain(fetched -> fetched.give(now));
        if (held == null || held.failure() == null || !held.lives(now)) {
            return fresh;
        }
        fresh.subscribe().with(value -> {
        }, failure -> {
        });
        return held.give(now);
    }

    /** Whether there is no need to ask the issuer for another value than this. */
    boolean isCurrent(String issuer, V value) {
        Instant now = clock.instant();
        Held<V> held = kept.getIfPresent(issuer);
        return held != null && held.value() == value && held.lives(now) && now.isBefore(held.askedAgainAt());
    }

    /**
     * What the issuer publishes in place of a value that lacks something: the same where that was asked just now. Fails
     * where the issuer can't be asked.
     */
    Uni<V> renewed(String issuer, V lacking) {
        Held<V> held = kept.getIfPresent(issuer);
        boolean mayAsk = held == null
                || held.value() == lacking && !clock.instant().isBefore(held.renewedAt().plus(RENEWED_AGAIN));
        return (mayAsk ? fetch(issuer, true) : Uni.createFrom().item(held))
                .chain(fetched -> fetched.failure() == null
                        ? Uni.createFrom().item(fetched.value())
                        : Uni.createFrom().failure(fetched.failure()));
    }

    private Uni<Held<V>> fetch(String issuer, boolean beforeItsTime) {
        return fetching.of(issuer, () -> {
            Instant now = clock.instant();
            Held<V> before = kept.getIfPresent(issuer);
            Instant renewedAt = beforeItsTime ? now : before == null ? Instant.MIN : before.renewedAt();
            return Uni.createFrom().deferred(() -> fetch.apply(issuer))
                    .map(fetched -> new Held<>(fetched.value(), now.plus(LONGEST),
                            now.plus(bounded(fetched.lifetime())), null, renewedAt))
                    .onFailure().recoverWithItem(failure -> new Held<>(before == null ? null : before.value(),
                            before == null ? now : before.end(), clock.instant().plus(FAILURE_KEPT), failure, renewedAt))
                    .invoke(held -> kept.put(issuer, held));
        });
    }

    private static Duration bounded(Duration lifetime) {
        return lifetime.compareTo(SHORTEST) < 0 ? SHORTEST : lifetime.compareTo(LONGEST) > 0 ? LONGEST : lifetime;
    }
}
