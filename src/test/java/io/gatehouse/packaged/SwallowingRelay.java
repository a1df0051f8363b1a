package io.gatehouse.packaged;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/** A reverse proxy that passes everything on as it comes, but for the pieces of answers in which a certain text stands. */
final class SwallowingRelay implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final URI target;
    private final String swallowed;
    private final HttpServer server;

    SwallowingRelay(String target, String swallowed) throws Exception {
        this.target = URI.create(target);
        this.swallowed = swallowed;
        this.server = vertx.createHttpServer().requestHandler(this::pass).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    String url() {
        return "http://localhost:" + server.actualPort() + target.getPath();
    }

    private void pass(HttpServerRequest request) {
        request.body().compose(
                body -> client.request(request.method(), target.getPort(), target.getHost(), request.uri())
                        .compose(passed -> send(request, passed, body)))
                .onSuccess(answer -> answer(request, answer))
                .onFailure(failure -> request.response().setStatusCode(502).end());
    }

    private static io.vertx.core.Future<HttpClientResponse> send(HttpServerRequest request, HttpClientRequest passed,
            Buffer body) {
        passed.headers().setAll(request.headers());
        request.response().closeHandler(closed -> passed.reset());
        return passed.send(body);
    }

    private void answer(HttpServerRequest request, HttpClientResponse answer) {
        request.response().setStatusCode(answer.statusCode());
        request.response().headers().setAll(answer.headers());
        List.of("Content-Length", "Transfer-Encoding", "Connection").forEach(request.response().headers()::remove);
        request.response().setChunked(true);
        answer.handler(piece -> {
            if (!piece.toString().contains(swallowed)) {
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
