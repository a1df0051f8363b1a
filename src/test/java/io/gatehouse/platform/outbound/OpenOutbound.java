package io.gatehouse.platform.outbound;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;

/** The way out for tests without a container, to addresses that each of them names. */
public final class OpenOutbound {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private OpenOutbound() {
    }

    /** Ends with the Vert.x. */
    public static Outbound to(Vertx vertx, String... ranges) {
        return paced(vertx, 64_000_000, ranges);
    }

    static Outbound paced(Vertx vertx, long bytesPerSecond, String... ranges) {
        return new Outbound(vertx, new Resolver(vertx, new AddressGuard(Optional.of(List.of(ranges)))), TIMEOUT, TIMEOUT,
                new MemorySize(BigInteger.valueOf(1_000_000)), new MemorySize(BigInteger.valueOf(bytesPerSecond)));
    }
}
