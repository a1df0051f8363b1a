package io.gatehouse.api;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.kernel.Caller;
import io.gatehouse.platform.limits.TokenBuckets;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** How many management requests each dialect takes, of a workspace or of a client. */
@Singleton
class RequestLimits {

    /** Whose requests are counted together. */
    public enum Key {
        WORKSPACE,
        CLIENT
    }

    private final TokenBuckets buckets;
    private final Key key;
    private final Map<Dialect, TokenBuckets.Size> sizes = new EnumMap<>(Dialect.class);

    @Inject
    RequestLimits(TokenBuckets buckets,
            @ConfigProperty(name = "gatehouse.limits.key", defaultValue = "workspace") Key key,
            @ConfigProperty(name = "gatehouse.limits.workato.requests-per-minute", defaultValue = "60") int perMinute,
            @ConfigProperty(name = "gatehouse.limits.celigo.burst", defaultValue = "1000") int burst,
            @ConfigProperty(name = "gatehouse.limits.celigo.refill-per-second", defaultValue = "300") int refill) {
        this.buckets = buckets;
        this.key = key;
        sizes.put(Dialect.WORKATO, new TokenBuckets.Size(perMinute, perMinute, Duration.ofMinutes(1)));
        sizes.put(Dialect.CELIGO, new TokenBuckets.Size(burst, refill, Duration.ofSeconds(1)));
    }

    /** Fails with LIMITED when the caller has sent too many. */
    Uni<Void> take(Dialect dialect, Caller caller) {
        String whose = switch (key) {
            case WORKSPACE -> "workspace:" + caller.workspaceId();
            case CLIENT -> caller.subject();
        };
        return buckets.take(dialect.word() + ':' + whose, sizes.get(dialect));
    }
}
