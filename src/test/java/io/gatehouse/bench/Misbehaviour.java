package io.gatehouse.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;

/** What an MCP server that introduces itself well can do to those who then call a tool. */
enum Misbehaviour {

    HANGS("never answers", request -> {
    }),
    DRIPS("answers without end, ten pieces a second", request -> drip(endless(request))),
    FLOODS("answers without end, as fast as it is read", request -> flood(endless(request))),
    BREAKS("closes in the middle of the answer", request -> json(request)
            .putHeader("Content-Length", Integer.toString(2 * Upstream.ITEM.length())).write(Upstream.ITEM)
            .onSuccess(written -> request.connection().close())),
    BABBLES("speaks no HTTP", Misbehaviour::babble),
    LIES("sends more than its Content-Length", request -> json(request)
            .putHeader("Content-Length", "10").end(Upstream.ITEM + "\r\n"));

    private static final String NO_HTTP = "220 mail.example ESMTP\r\n\r\n";
    private static final String BEGUN = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[";
    private static final String TEXT = "{\"type\":\"text\",\"text\":\"More\"},";
    private static final Buffer PIECE = Buffer.buffer(TEXT.repeat(512));
    private static final long PAUSE_MILLIS = 100;

    private final String words;
    private final Consumer<HttpServerRequest> answer;

    Misbehaviour(String words, Consumer<HttpServerRequest> answer) {
        this.words = words;
        this.answer = answer;
    }

    /** Where its MCP server is. */
    String path() {
        return "/mcp/" + name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return words;
    }

    void answer(HttpServerRequest request) {
        answer.accept(request);
    }

    private static HttpServerResponse json(HttpServerRequest request) {
        return request.response().putHeader("Content-Type", "application/json");
    }

    private static HttpServerResponse endless(HttpServerRequest request) {
        HttpServerResponse response = json(request).setChunked(true);
        response.write(BEGUN);
        return response;
    }

    private static void babble(HttpServerRequest request) {
        ((ConnectionBase) request.connection()).channel().pipeline().firstContext()
                .writeAndFlush(Unpooled.copiedBuffer(NO_HTTP, StandardCharsets.US_ASCII));
    }

    private static void drip(HttpServerResponse response) {
        Vertx.currentContext().owner().setPeriodic(PAUSE_MILLIS, timer -> {
            if (response.closed()) {
                Vertx.currentContext().owner().cancelTimer(timer);
            } else {
                response.write(TEXT);
            }
        });
    }

    private static void flood(HttpServerResponse response) {
        if (!response.closed()) {
            response.write(PIECE).onSuccess(
                    written -> Vertx.currentContext().runOnContext(next -> flood(response)));
        }
    }
}
