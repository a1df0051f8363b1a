package io.gatehouse.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Finds the addresses of a host, all of which the guard must permit. Never blocks an event loop. */
@Singleton
class Resolver {

    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int HOSTS_KEPT = 10_000;

    private final Vertx vertx;
    private final AddressGuard guard;
    private final Cache<String, InetAddress> known = Caffeine.newBuilder().expireAfterWrite(KEPT)
            .maximumSize(HOSTS_KEPT).build();

    @Inject
    Resolver(Vertx vertx, AddressGuard guard) {
        this.vertx = vertx;
        this.guard = guard;
    }

    /** A permitted address; fails with a {@link Problem} that says why there is none. */
    Future<InetAddress> resolve(String host) {
        InetAddress address = known.getIfPresent(host);
        return address != null
                ? Future.succeededFuture(address)
                : vertx.executeBlocking(() -> lookUp(host), false);
    }

    private InetAddress lookUp(String host) {
        List<InetAddress> addresses;
        try {
            addresses = List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw Problem.upstream("The host " + host + " is unknown", e);
        }
        if (!addresses.stream().allMatch(guard::permits)) {
            throw Problem.forbidden("The host " + host + " has an address that this deployment does not connect to; "
                    + "gatehouse.outbound.allowed-ranges can allow it");
        }
        known.put(host, addresses.get(0));
        return addresses.get(0);
    }
}
