package io.gatehouse.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.telemetry.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Finds the addresses of a host, all of which the guard must permit. Look-ups have a few threads of their own and are
 * shared by all who ask for the host, so that a host whose DNS server is slow occupies one of them and nobody else. An
 * address that was judged serves for a while longer when it is looked up again.
 */
@Singleton
class Resolver {

    private static final long FRESH = Duration.ofSeconds(10).toNanos();
    private static final long LONGEST_SERVED = Duration.ofMinutes(1).toNanos();
    private static final long FAILURE_KEPT = Duration.ofSeconds(2).toNanos();
    private static final int HOSTS_KEPT = 10_000;
    private static final int AT_ONCE = 16;
    private static final int MOST_WAITING = 500;
    private static final int IDLE_SECONDS = 30;

    private final Vertx vertx;
    private final AddressGuard guard;
    private final Names names;
    private final LongSupplier nanoTime;
    private final Cache<String, Found> known = Caffeine.newBuilder().maximumSize(HOSTS_KEPT).build();
    private final ConcurrentMap<String, CompletableFuture<Found>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(AT_ONCE, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING), Resolver::thread);

    /** The domain name system, which may take its time. */
    interface Names {

        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /**
     * What a look-up came to: an address, or else a problem.
     *
     * @param freshUntil when it is looked up again
     * @param goodUntil when it serves no longer
     */
    private record Found(InetAddress address, Problem problem, long freshUntil, long goodUntil) {

        InetAddress get() {
            if (problem != null) {
                throw problem;
            }
            return address;
        }
    }

    @Inject
    Resolver(Vertx vertx, AddressGuard guard) {
        this(vertx, guard, InetAddress::getAllByName, System::nanoTime);
    }

    Resolver(Vertx vertx, AddressGuard guard, Names names, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.guard = guard;
        this.names = names;
        this.nanoTime = nanoTime;
        threads.allowCoreThreadTimeOut(true);
        Meters.cache("hosts", known);
        Meters.gauge("gatehouse.outbound.lookups", "Hosts that wait for their address", threads.getQueue(), Collection::size);
    }

    /** A permitted address; fails with a {@link Problem} that says why there is none. */
    Future<InetAddress> resolve(String host) {
        Found found = known.getIfPresent(host);
        long now = nanoTime.getAsLong();
        if (found == null || now - found.goodUntil() >= 0) {
            return Future.fromCompletionStage(lookUp(host, found), vertx.getOrCreateContext()).map(Found::get);
        }
        if (now - found.freshUntil() >= 0) {
            lookUp(host, found);
        }
        return found.problem() == null ? Future.succeededFuture(found.address()) : Future.failedFuture(found.problem());
    }

    /** Whether the host is at an address that the deployment has named; fails like {@link #resolve}. */
    Future<Boolean> isNamed(String host) {
        return resolve(host).map(guard::names);
    }

    /** @param before what was known of the host when the caller saw that it is old, or {@code null} */
    private CompletableFuture<Found> lookUp(String host, Found before) {
        CompletableFuture<Found> mine = new CompletableFuture<>();
        CompletableFuture<Found> shared = underWay.putIfAbsent(host, mine);
        if (shared != null) {
            return shared;
        }
        Found since = known.getIfPresent(host);
        if (since != null && since != before) {
            underWay.remove(host, mine);
            mine.complete(since);
            return mine;
        }
        try {
            threads.execute(() -> {
                Found found;
                try {
                    found = find(host);
                    known.put(host, found);
                } finally {
                    underWay.remove(host, mine);
                }
                mine.complete(found);
            });
        } catch (RejectedExecutionException e) {
            underWay.remove(host, mine);
            mine.completeExceptionally(Problem.unavailable("Too many hosts are being looked up at once", e));
        }
        return mine;
    }

    private Found find(String host) {
        try {
            List<InetAddress> addresses = List.of(names.addresses(host));
            if (addresses.stream().allMatch(guard::permits)) {
                long now = nanoTime.getAsLong();
                return new Found(addresses.get(0), null, now + FRESH, now + LONGEST_SERVED);
            }
            return refused(Problem.forbidden("The host " + host + " has an address that this deployment does not connect "
                    + "to; gatehouse.outbound.allowed-ranges can allow it"));
        } catch (UnknownHostException | RuntimeException e) {
            Found before = known.getIfPresent(host);
            long now = nanoTime.getAsLong();
            return before != null && before.problem() == null && now - before.goodUntil() < 0
                    ? new Found(before.address(), null, now + FAILURE_KEPT, before.goodUntil())
                    : refused(Problem.upstream("The host " + host + " is unknown", e));
        }
    }

    private Found refused(Problem problem) {
        long until = nanoTime.getAsLong() + FAILURE_KEPT;
        return new Found(null, problem, until, until);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-resolver");
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
