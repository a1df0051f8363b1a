package io.gatehouse.platform.outbound;

import java.time.Duration;
import java.util.function.Consumer;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;

import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.Home;
import io.gatehouse.platform.telemetry.Leg;
import io.gatehouse.platform.telemetry.Meters;
import io.gatehouse.platform.telemetry.Trail;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The only way out. Every request is http or https, goes to an address that the guard permits (the connection is made to
 * the very address that was judged, also after each redirect), and is bounded in time and in the size of its answer.
 */
@Singleton
public class Outbound {

    /** Like all bounds here, for each event loop. */
    private static final int CONNECTIONS_PER_HOST = 128;
    private static final int WAITING_PER_HOST = 1_000;

    private static final int AUTHORITIES_KEPT = 100;

    /** Who opens streams bounds them by themselves; this is the last bound. */
    private static final int STREAMS_PER_HOST = 10_000;

    /**
     * How much is read from a connection before it is the next one's turn. By itself Netty takes up to a megabyte, and some
     * back ends that send without end let everybody else on their event loop wait for half a second.
     */
    private static final RecvByteBufAllocator TURN = new AdaptiveRecvByteBufAllocator(64, 2_048, 16_384)
            .maxMessagesPerRead(1);

    private final Vertx vertx;
    private final Resolver resolver;
    private final Clients clients;
    private final Clients streams;
    private final LoadingCache<String, Clients> trusting;
    private final Deadlines deadlines;
    private final Duration timeout;
    private final long maxResponseSize;
    private final LoadingCache<SocketAddress, Pace> paces;

    @Inject
    Outbound(Vertx vertx, Resolver resolver,
            @ConfigProperty(name = "gatehouse.outbound.connect-timeout", defaultValue = "5s") Duration connectTimeout,
            @ConfigProperty(name = "gatehouse.outbound.timeout", defaultValue = "30s") Duration timeout,
            @ConfigProperty(name = "gatehouse.outbound.max-response-size", defaultValue = "10M") MemorySize maxResponseSize,
            @ConfigProperty(name = "gatehouse.outbound.max-bytes-per-second", defaultValue = "64M") MemorySize pace) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.deadlines = new Deadlines(vertx);
        this.timeout = timeout;
        this.maxResponseSize = maxResponseSize.asLongValue();
        if (pace.asLongValue() < 1) {
            throw new IllegalArgumentException("gatehouse.outbound.max-bytes-per-second must be 1 at least");
        }
        this.paces = Caffeine.newBuilder().weakValues().build(address -> new Pace(pace.asLongValue()));
        Meters.gauge("gatehouse.outbound.backends", "Addresses with a connection, or lately so", paces,
                LoadingCache::estimatedSize);
        HttpClientOptions options = new HttpClientOptions().setConnectTimeout((int) connectTimeout.toMillis())
                .setDecompressionSupported(true).setMaxWaitQueueSize(WAITING_PER_HOST);
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST).setMaxWaitQueueSize(WAITING_PER_HOST);
        this.clients = new Clients(() -> client(options, pool));
        HttpClientOptions forStreams = new HttpClientOptions().setConnectTimeout((int) connectTimeout.toMillis());
        PoolOptions many = new PoolOptions().setHttp1MaxSize(STREAMS_PER_HOST).setMaxWaitQueueSize(0);
        this.streams = new Clients(() -> client(forStreams, many));
        this.trusting = Caffeine.newBuilder().maximumSize(AUTHORITIES_KEPT).evictionListener(
                (String authorities, Clients evicted, RemovalCause cause) -> evicted.close()).build(
                        authorities -> new Clients(() -> client(trusting(authorities, forStreams), many)));
    }

    private static HttpClientOptions trusting(String authorities, HttpClientOptions options) {
        return new HttpClientOptions(options).setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authorities)));
    }

    private HttpClient client(HttpClientOptions options, PoolOptions pool) {
        return vertx.httpClientBuilder().with(options).with(pool).withConnectHandler(this::begin).build();
    }

    /** Over TLS, the handshake was read by the first means already, of which only the number of reads can still change. */
    private void begin(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        ((MaxMessagesRecvByteBufAllocator) channel.config().getRecvByteBufAllocator()).maxMessagesPerRead(1);
        channel.config().setRecvByteBufAllocator(TURN);
        AnswerEnd.watch(connection, channel, paces.get(connection.remoteAddress()));
    }

    /**
     * Sends the request and reads the whole answer, whatever its status. Fails with a {@link Problem}: FORBIDDEN by the
     * guard, UPSTREAM when the back end can't be reached or breaks off, TIMEOUT, TOO_LARGE. Cancelling resets the
     * request.
     */
    public Uni<OutboundResponse> send(OutboundRequest request) {
        return send(request, timeout, maxResponseSize);
    }

    /** The same, so that it can be followed from what causes it. */
    public Uni<OutboundResponse> send(OutboundRequest request, Trail trail) {
        if (!trail.isTraced()) {
            return send(request.with(trail.headers()));
        }
        return Uni.createFrom().deferred(() -> {
            Leg leg = Leg.toApi(trail, request.method(), request.uri());
            return send(request.with(leg.trail().headers())).invoke(answer -> leg.answered(answer.status()))
                    .onFailure().invoke(leg::failed).onCancellation().invoke(leg::cancelled);
        });
    }

    /**
     * As {@link #send(OutboundRequest)} within bounds of the caller's, which hold where they are narrower than the
     * deployment's.
     */
    public Uni<OutboundResponse> send(OutboundRequest request, Duration atMost, long largest) {
        Duration shorter = atMost.compareTo(timeout) < 0 ? atMost : timeout;
        return onLoop(emitter -> {
            Context home = vertx.getOrCreateContext();
            Exchange exchange = new Exchange(deadlines, clients.here(), resolver, shorter,
                    Math.min(largest, maxResponseSize));
            emitter.onTermination(() -> Home.run(home, exchange::abort));
            exchange.run(request).onComplete(emitter::complete, emitter::fail);
        });
    }

    /**
     * Sends the request, and hands the answer over when its head is here. Redirects are not followed, and nothing is
     * decompressed. Fails with a {@link Problem}: FORBIDDEN by the guard, UPSTREAM, TIMEOUT when the head does not come in
     * time. Cancelling closes the exchange.
     *
     * @param timeout also for the parts of the answer
     */
    public Uni<OutboundStream> open(OutboundRequest request, Duration timeout) {
        return open(request, null, timeout);
    }

    /**
     * The same with a server of one's own.
     *
     * @param authorities certificates in PEM that the server's must come from; null for those of the platform
     */
    public Uni<OutboundStream> open(OutboundRequest request, String authorities, Duration timeout) {
        return onLoop(emitter -> {
            Context home = vertx.getOrCreateContext();
            Opening opening = new Opening(vertx, deadlines, timeout);
            emitter.onTermination(() -> Home.run(home, opening::abort));
            Clients those = authorities == null ? streams : trusting.get(authorities);
            opening.run(those.here(), resolver, request).onComplete(emitter::complete, emitter::fail);
        });
    }

    /** Whoever calls: a thread that composes steps beside the loop that takes them may miss how an answer begins. */
    private <T> Uni<T> onLoop(Consumer<UniEmitter<? super T>> work) {
        return Uni.createFrom().<T> emitter(work).runSubscriptionOn(begin -> Home.run(vertx.getOrCreateContext(), begin));
    }

    /**
     * Whether the host is inside, at an address that {@code gatehouse.outbound.allowed-ranges} names. Fails with a
     * {@link Problem} where it can't be reached at all.
     */
    public Uni<Boolean> isInside(String host) {
        return Uni.createFrom().emitter(
                emitter -> resolver.isNamed(Exchange.unbracketed(host)).onComplete(emitter::complete, emitter::fail));
    }

    @PreDestroy
    void close() {
        deadlines.close();
        clients.close();
        streams.close();
        trusting.asMap().values().forEach(Clients::close);
    }
}
