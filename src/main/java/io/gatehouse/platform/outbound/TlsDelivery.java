package io.gatehouse.platform.outbound;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Delivers bytes over TLS to servers that never answer, at addresses that the guard permits. Each delivery has a connection
 * of its own and counts when the server confirms, by TLS, that it has read up to the end.
 */
@Singleton
public class TlsDelivery {

    private static final int CONTEXTS_KEPT = 100;

    private final Vertx vertx;
    private final Resolver resolver;
    private final NetClient client;
    private final Cache<String, SSLContext> contexts = Caffeine.newBuilder().maximumSize(CONTEXTS_KEPT).build();

    @Inject
    TlsDelivery(Vertx vertx, Resolver resolver,
            @ConfigProperty(name = "gatehouse.outbound.connect-timeout", defaultValue = "5s") Duration connectTimeout) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout((int) connectTimeout.toMillis()));
    }

    /**
     * Fails with FORBIDDEN by the guard, TIMEOUT, and UPSTREAM for all else.
     *
     * @param authorities certificates in PEM that the server's must come from; null for those of the platform
     * @param allowSilentClose whether it counts too where the server closes the connection, without a reset, and confirms
     *        nothing
     */
    public Uni<Void> send(String host, int port, String authorities, Buffer bytes, Duration timeout,
            boolean allowSilentClose) {
        Context home = vertx.getOrCreateContext();
        return Uni.createFrom().emitter(emitter -> home.runOnContext(here -> {
            TlsExchange exchange = new TlsExchange(bytes, allowSilentClose);
            long timer = vertx.setTimer(timeout.toMillis(), late -> exchange
                    .end(Problem.timeout("The destination did not take everything within " + timeout.toMillis() + " ms")));
            emitter.onTermination(() -> exchange.end(Problem.upstream("The delivery was cancelled", null)));
            exchange.outcome().onComplete(done -> home.runOnContext(back -> {
                vertx.cancelTimer(timer);
                if (done.succeeded()) {
                    emitter.complete(null);
                } else {
                    emitter.fail(named(host, done.cause()));
                }
            }));
            context(authorities).compose(trust -> connect(host, port)
                    .onSuccess(socket -> exchange.begin(socket, trust.createSSLEngine(Exchange.unbracketed(host), port))))
                    .onFailure(exchange::end);
        }));
    }

    private static Throwable named(String host, Throwable failure) {
        return failure instanceof Problem ? failure
                : Problem.upstream("The destination " + host + " could not be reached: " + failure.getMessage(), failure);
    }

    private Future<NetSocket> connect(String host, int port) {
        return resolver.resolve(Exchange.unbracketed(host))
                .compose(address -> client.connect(SocketAddress.inetSocketAddress(port, address.getHostAddress())));
    }

    private Future<SSLContext> context(String authorities) {
        String key = authorities == null ? "" : authorities;
        SSLContext known = contexts.getIfPresent(key);
        return known != null ? Future.succeededFuture(known) : vertx.executeBlocking(() -> {
            SSLContext made = trusting(authorities);
            contexts.put(key, made);
            return made;
        });
    }

    /** @throws GeneralSecurityException also where there is no certificate */
    private static SSLContext trusting(String authorities) throws Exception {
        if (authorities == null) {
            return SSLContext.getDefault();
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(
                new ByteArrayInputStream(authorities.getBytes(StandardCharsets.UTF_8)))) {
            trusted.setCertificateEntry("ca" + trusted.size(), certificate);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
