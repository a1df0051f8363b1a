package io.gatehouse.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Reply.Stream.Span;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;

/** How long streams last, and what keeps them alive meanwhile. */
class PourTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final String EVENTS = "text/event-stream";

    private final Vertx vertx = Vertx.vertx();
    private final OpenStreams open = new OpenStreams(new SimpleMeterRegistry(), 10, 10);
    private final BlockingQueue<String> source = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Multi<Buffer> endless(String first) {
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(Buffer.buffer(first)),
                Multi.createFrom().<Buffer> nothing()).onCancellation().invoke(() -> source.add("stopped"));
    }

    private HttpResponse<String> get(Duration keepAlive, Duration longest, Reply.Stream reply) throws Exception {
        return get(keepAlive, longest, reply, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> get(Duration keepAlive, Duration longest, Reply.Stream reply, BodyHandler<T> body)
            throws Exception {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            reply.headers().forEach(request.response()::putHeader);
            Pour.begin(new StreamSettings(keepAlive, longest), open, request, reply);
        }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort())).build(), body);
    }

    private static Reply.Stream stream(String type, Multi<Buffer> parts, Span span) {
        return new Reply.Stream(200, Map.of("Content-Type", type), parts, span, Buffer.buffer("data: bye\n\n"));
    }

    @ParameterizedTest
    @EnumSource
    void endsStreamsOfEventsThatLastTooLong(Span span) throws Exception {
        HttpResponse<String> answer = get(LONG, SHORT, stream(EVENTS, endless("data: 1\n\n"), span));

        assertEquals("data: 1\n\ndata: bye\n\n", answer.body());
        assertEquals("no", answer.headers().firstValue("X-Accel-Buffering").orElse(null));
        assertEquals("stopped", source.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void breaksOffWhatHasNoRoomForLastWords() throws Exception {
        assertThrows(IOException.class, () -> get(LONG, SHORT, stream(EVENTS, endless("data: 1\n"), Span.REST)));
        assertEquals("stopped", source.poll(30, TimeUnit.SECONDS));
        assertThrows(IOException.class, () -> get(LONG, SHORT, stream("application/json", endless("{"), Span.ANSWER)));
        assertEquals("stopped", source.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void keepsSilentStreamsAlive() throws Exception {
        String expected = "data: 1\n\n: keep-alive\n\n: keep-alive\n\n";
        try (InputStream body = get(SHORT, Duration.ofMinutes(1), stream(EVENTS, endless("data: 1\n\n"), Span.REST),
                BodyHandlers.ofInputStream()).body()) {

            assertEquals(expected, new String(body.readNBytes(expected.length()), StandardCharsets.UTF_8));
        }
    }

    @Test
    void keepsOutOfEvents() throws Exception {
        String body = get(SHORT, LONG, stream(EVENTS, Multi.createBy().concatenating().streams(
                Multi.createFrom().item(Buffer.buffer("data: 1\n")),
                Multi.createFrom().item(Buffer.buffer("\n")).onItem().call(() -> later(300))), Span.REST)).body();

        assertEquals("data: 1\n\n", body);
    }

    private Uni<Long> later(long millis) {
        return Uni.createFrom().emitter(emitter -> vertx.setTimer(millis, emitter::complete));
    }
}
