package io.gatehouse.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** An outside API on loopback that records what it is asked, and answers as told. */
public final class BackEnd implements AutoCloseable {

    /** One request as it arrived. */
    public record Request(String method, String uri, MultiMap headers, String body) {
    }

    private final Vertx vertx = Vertx.vertx();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile Consumer<HttpServerResponse> answer = json("{\"ok\":true}");

    public BackEnd() {
        try {
            server = vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1")
                    .toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The back end did not start", e);
        }
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            requests.add(new Request(request.method().name(), request.uri(), request.headers(), body.toString()));
            answer.accept(request.response());
        });
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    public static Consumer<HttpServerResponse> json(String json) {
        return response -> response.putHeader("Content-Type", "application/json").end(json);
    }

    public void answers(Consumer<HttpServerResponse> next) {
        answer = next;
    }

    /** The oldest request that was not taken yet, or null. */
    public Request take() {
        return requests.poll();
    }

    /** Nobody reaches it any more. */
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
