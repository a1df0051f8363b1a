package io.gatehouse.packaged;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/** Callers that all call at the same time, each again as soon as it was answered, on whichever replica it is told. */
final class Crowd implements AutoCloseable {

    private static final String MODERN = "2026-07-28";
    private static final String LEGACY = "2025-11-25";
    private static final String META = ",\"_meta\":{\"progressToken\":\"p\",\"io.modelcontextprotocol/protocolVersion\":\""
            + MODERN + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}";
    private static final String BODY = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\","
            + "\"arguments\":%s%s}}";

    /** Those who find nobody leave the processor to whoever starts. */
    private static final long AFTER_A_FAILURE_MILLIS = 100;
    private static final int CONNECTIONS = 500;
    private static final long LONGEST_SECONDS = 120;

    private final Set<Future<Outcome>> underWay = ConcurrentHashMap.newKeySet();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions(),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));

    /**
     * A call of a tool.
     *
     * @param id by which it is known in the activity log
     * @param url of the server, with its token; the port tells which replica is asked
     * @param arguments as JSON
     */
    record Call(String id, int port, String url, boolean isModern, String tool, String arguments) {

        Call(int port, String url, boolean isModern, String tool, String arguments) {
            this(UUID.randomUUID().toString(), port, url, isModern, tool, arguments);
        }

        private RequestOptions options() {
            RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setHost("127.0.0.1").setPort(port)
                    .setURI(url.substring(url.indexOf("/mcp/"), url.indexOf('?')))
                    .putHeader("Authorization", "Bearer " + url.substring(url.indexOf("token=") + "token=".length()))
                    .putHeader("X-Request-Id", id).putHeader("Content-Type", "application/json")
                    .putHeader("Accept", "application/json, text/event-stream")
                    .putHeader("MCP-Protocol-Version", isModern ? MODERN : LEGACY);
            return isModern ? options.putHeader("Mcp-Method", "tools/call").putHeader("Mcp-Name", tool) : options;
        }

        private Buffer body() {
            return Buffer.buffer(BODY.formatted(tool, arguments, isModern ? META : ""));
        }
    }

    /**
     * What came of a call.
     *
     * @param status {@link #LOST} where it was sent and no answer came, {@link #UNSENT} where nobody was there
     * @param type of the content
     * @param at when the answer began, by {@link System#nanoTime}
     */
    record Outcome(Call call, int status, String type, long at) {

        static final int LOST = 0;
        static final int UNSENT = -1;
    }

    /**
     * @param next what a caller sends next, by its number; null when it has enough
     * @return done when all have enough
     */
    Future<Void> come(int callers, IntFunction<Call> next, Consumer<Outcome> heard) {
        List<Future<Void>> ends = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Promise<Void> end = Promise.promise();
            int caller = i;
            vertx.runOnContext(here -> call(caller, next, heard, end));
            ends.add(end.future());
        }
        return Future.all(ends).mapEmpty();
    }

    private void call(int caller, IntFunction<Call> next, Consumer<Outcome> heard, Promise<Void> end) {
        Call call = next.apply(caller);
        if (call == null) {
            end.complete();
            return;
        }
        client.request(call.options()).onSuccess(request -> sent(call, request).onComplete(done -> {
            heard.accept(done.result());
            call(caller, next, heard, end);
        })).onFailure(failure -> {
            heard.accept(new Outcome(call, Outcome.UNSENT, null, 0));
            vertx.setTimer(AFTER_A_FAILURE_MILLIS, id -> call(caller, next, heard, end));
        });
    }

    private Future<Outcome> sent(Call call, HttpClientRequest request) {
        Future<Outcome> sent = send(call, request);
        underWay.add(sent);
        return sent.onComplete(done -> underWay.remove(sent));
    }

    /** Waits until all calls have ended that are under way now. */
    void awaitThoseUnderWay() {
        await(Future.join(List.copyOf(underWay)));
    }

    /** An answer counts from its first byte. */
    private static Future<Outcome> send(Call call, HttpClientRequest request) {
        return request.send(call.body()).compose(answer -> {
            Outcome outcome = new Outcome(call, answer.statusCode(), answer.getHeader("Content-Type"), System.nanoTime());
            return answer.body().map(outcome).otherwise(outcome);
        }).otherwise(new Outcome(call, Outcome.LOST, null, 0));
    }

    static void await(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
