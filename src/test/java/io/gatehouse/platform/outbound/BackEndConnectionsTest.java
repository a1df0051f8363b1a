package io.gatehouse.platform.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** What one answer of a back end may do to the next, and one back end to the rest. */
class BackEndConnectionsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String HONEST = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue";
    private static final String EMPTY = "HTTP/1.1 204 No Content\r\n\r\n";

    /** Pieces that a NUL divides are sent one after the other. */
    private final Queue<String> answers = new ArrayDeque<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private Vertx vertx;
    private URI address;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        NetServer server = vertx.createNetServer().connectHandler(socket -> {
            connections.incrementAndGet();
            socket.closeHandler(closed::complete);
            socket.handler(request -> send(socket, answers.size() > 1 ? answers.poll() : answers.peek()));
        }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        address = URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void send(NetSocket socket, String answer) {
        int end = answer.indexOf('\0');
        if (end < 0) {
            socket.write(answer);
        } else {
            socket.write(answer.substring(0, end))
                    .onSuccess(sent -> vertx.setTimer(20, later -> send(socket, answer.substring(end + 1))));
        }
    }

    private static OutboundRequest get(URI uri) {
        return new OutboundRequest("GET", uri, List.of(), List.of(), null);
    }

    private Uni<String> body(Outbound outbound) {
        return outbound.send(get(address)).map(answer -> answer.status() + answer.body().toString(US_ASCII));
    }

    /** On one event loop, whose calls share connections, the second when the first has left its one. */
    private List<String> twice(Outbound outbound) {
        Context loop = vertx.getOrCreateContext();
        Executor next = task -> loop.runOnContext(turn -> task.run());
        return Uni.createFrom().voidItem().emitOn(next)
                .chain(() -> body(outbound)).emitOn(next)
                .chain(first -> body(outbound).map(second -> List.of(first, second)))
                .await().atMost(LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}surplus",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}surplus\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 5",
            "HTTP/1.1 200 OK\r\nContent-Le\0ngth: 2\r\n\r\n{}surplus",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nsurplus" })
    void keepsTheSurplusOfAnAnswerFromTheNext(String lie) {
        answers.addAll(List.of(lie, HONEST));

        assertEquals(List.of("200{}", "200true"), twice(OpenOutbound.to(vertx, "127.0.0.1/32")));
        assertEquals(2, connections.get());
    }

    @Test
    void closesAConnectionThatSpeaksUnasked() throws Exception {
        answers.addAll(List.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}\0surplus", HONEST));

        assertEquals("200{}", body(OpenOutbound.to(vertx, "127.0.0.1/32")).await().atMost(LONG));

        closed.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = { HONEST, EMPTY, HONEST + "\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n" + HONEST,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntrue\r\n0\r\n\r\n" })
    void usesAConnectionAgainThatKeepsToHttp(String answer) {
        answers.add(answer);

        twice(OpenOutbound.to(vertx, "127.0.0.1/32"));

        assertEquals(1, connections.get());
    }

    @Test
    void readsABackEndNoFasterThanItsPace() {
        int length = 300_000;
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length));
        Outbound outbound = OpenOutbound.paced(vertx, 600_000, "127.0.0.1/32");
        long begin = System.nanoTime();

        List<Buffer> both = Uni.combine().all().unis(outbound.send(get(address)), outbound.send(get(address)))
                .with((one, other) -> List.of(one.body(), other.body())).await().atMost(LONG);

        assertEquals(List.of(length, length), both.stream().map(Buffer::length).toList());
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).toMillis() >= 700, "both at once, a burst apart");
    }

    @Test
    void readsAStreamNoFasterThanItsPace() {
        int length = 300_000;
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length));
        Outbound outbound = OpenOutbound.paced(vertx, 400_000, "127.0.0.1/32");
        long begin = System.nanoTime();

        Buffer read = outbound.open(get(address), LONG).chain(stream -> stream.whole(length)).await().atMost(LONG);

        assertEquals(length, read.length());
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).toMillis() >= 450, "a burst apart");
    }
}
