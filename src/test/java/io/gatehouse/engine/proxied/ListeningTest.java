package io.gatehouse.engine.proxied;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.plan.Upstream;
import io.gatehouse.platform.outbound.OpenOutbound;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/** A client that goes away while its stream is being opened at an upstream of the legacy era. */
class ListeningTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SESSION = """
            {"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{}}}""";

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private HttpServerRequest stream;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** The stream begins when its session is to end, which is never confirmed. */
    private void answer(HttpServerRequest request) {
        switch (request.method().name()) {
            case "POST" -> request.body().onSuccess(body -> {
                if (body.toJsonObject().containsKey("id")) {
                    request.response().putHeader("Content-Type", "application/json").putHeader("Mcp-Session-Id", "one")
                            .end(SESSION.formatted(body.toJsonObject().getLong("id")));
                } else {
                    request.response().setStatusCode(202).end();
                }
            });
            case "GET" -> {
                stream = request;
                request.connection().closeHandler(gone -> closed.countDown());
                asked.countDown();
            }
            default -> stream.response().setChunked(true).putHeader("Content-Type", "text/event-stream").write(": begun\n\n");
        }
    }

    @Test
    void leavesNoStreamBehind() throws Exception {
        HttpServer server = vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1")
                .toCompletionStage().toCompletableFuture().get();
        Upstreams upstreams = new Upstreams(OpenOutbound.to(vertx, "127.0.0.0/8"), null, null, new SimpleMeterRegistry(), 10);
        Upstream upstream = new Upstream(1, "one", URI.create("http://127.0.0.1:" + server.actualPort() + "/mcp"), null, LONG,
                Upstream.Era.LEGACY, "{}");

        Cancellable client = new Listening(upstreams, new Patience(vertx),
                new MemorySize(BigInteger.valueOf(10_000)))
                .begin(upstream, new Interests(true, false, false, List.of())).subscribe().with(heard -> {
                });
        assertTrue(asked.await(LONG.toSeconds(), TimeUnit.SECONDS));
        client.cancel();

        assertTrue(closed.await(LONG.dividedBy(2).toSeconds(), TimeUnit.SECONDS));
    }
}
