package io.gatehouse.packaged;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/**
 * A reverse proxy on loopback that gives each request to the next of its targets and passes everything on as it comes. A
 * target that fails, and so a request, gets no more of them.
 */
final class PassingProxy implements AutoCloseable {

    private static final List<String> HOP_BY_HOP = List.of("Content-Length", "Transfer-Encoding", "Connection");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final List<URI> targets;
    private final Predicate<Buffer> passes;
    private final AtomicInteger next = new AtomicInteger();
    private final HttpServer server;

    /** @param passes which pieces of answers get through */
    PassingProxy(List<String> targets, Predicate<Buffer> passes) throws Exception {
        this.targets = new CopyOnWriteArrayList<>(targets.stream().map(URI::create).toList());
        this.passes = passes;
        this.server = vertx.createHttpServer().requestHandler(this::pass).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    String url() {
        return "http://localhost:" + server.actualPort();
    }

    private void pass(HttpServerRequest request) {
        URI target = targets.get(Math.floorMod(next.getAndIncrement(), targets.size()));
        request.body()
                .compose(body -> client.request(request.method(), target.getPort(), target.getHost(), request.uri())
                        .compose(passed -> send(request, passed, body)))
                .onSuccess(answer -> answer(request, answer))
                .onFailure(failure -> {
                    targets.remove(target);
                    request.response().setStatusCode(502).end();
                });
    }

    private static Future<HttpClientResponse> send(HttpServerRequest request, HttpClientRequest passed, Buffer body) {
        passed.headers().setAll(request.headers());
        request.response().closeHandler(closed -> passed.reset());
        return passed.send(body);
    }

    private void answer(HttpServerRequest request, HttpClientResponse answer) {
        request.response().setStatusCode(answer.statusCode());
        request.response().headers().setAll(answer.headers());
        HOP_BY_HOP.forEach(request.response().headers()::remove);
        request.response().setChunked(true);
        request.response().write(Buffer.buffer());
        answer.handler(piece -> {
            if (passes.test(piece)) {
                request.response().write(piece);
            }
        });
        answer.endHandler(end -> request.response().end());
        answer.exceptionHandler(failure -> request.response().reset());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
