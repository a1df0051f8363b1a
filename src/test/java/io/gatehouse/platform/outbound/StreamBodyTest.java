package io.gatehouse.platform.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** What is read of an answer that breaks off. */
class StreamBodyTest {

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> read = new LinkedBlockingQueue<>();
    private Handler<Buffer> parts;
    private Handler<Throwable> end;

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** It has a part, which it hands over a turn after it is asked for, as connections do. */
    @SuppressWarnings("unchecked")
    private HttpClientResponse response() {
        return (HttpClientResponse) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { HttpClientResponse.class }, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "handler" -> parts = (Handler<Buffer>) arguments[0];
                        case "exceptionHandler" -> end = (Handler<Throwable>) arguments[0];
                        case "fetch" -> vertx.runOnContext(turn -> parts.handle(Buffer.buffer("part")));
                        default -> {
                        }
                    }
                    return proxy;
                });
    }

    @Test
    void handsOverWhatCameBeforeItBrokeOff() throws Exception {
        Opening opening = new Opening(vertx, null, Duration.ofMinutes(1));
        vertx.runOnContext(turn -> {
            new StreamBody(vertx, response(), null, opening).subscribe().with(part -> read.add(part.toString()),
                    failure -> read.add(failure.getMessage()));
            end.handle(new IllegalStateException("closed"));
        });

        assertEquals(List.of("part", "The back end's answer broke off"),
                List.of(read.poll(30, TimeUnit.SECONDS), read.poll(30, TimeUnit.SECONDS)));
    }
}
