package io.gatehouse.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.Located;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Reply.Stream.Span;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Message;
import io.gatehouse.gateway.protocol.Published;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.Entrance;
import io.gatehouse.plan.Limits;
import io.gatehouse.plan.Recorded;
import io.gatehouse.plan.ServerPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.buffer.Buffer;

/** How many streams may be open at once. */
class OpenStreamsTest {

    private final OpenStreams streams = new OpenStreams(new SimpleMeterRegistry(), 3, 2);
    private final List<String> stopped = new ArrayList<>();

    private static Turn turn(String server, String caller) {
        return turn(server, caller, "tools/call");
    }

    private static Turn turn(String server, String caller, String method) {
        Published published = new Published(
                new ServerPlan(1, 1, server, "Server", null, null, 1, new Entrance(List.of(), null, null), Limits.NONE,
                        Recorded.ALL,
                        List.of(),
                        List.of(), null, Set.of()));
        return new Turn(
                new Known(new Located(null, published), new Caller(1, caller, Set.of(), null, Origin.SYSTEM), null, null, null,
                        Set.of()),
                new Message(Message.Kind.REQUEST, TextNode.valueOf("a"), method, JsonNodeFactory.instance.objectNode()),
                Buffer.buffer(), null);
    }

    private Reply.Stream stream(Span span, Buffer farewell) {
        return new Reply.Stream(200, Map.of("Content-Type", "text/event-stream"), Multi.createFrom().<Buffer> nothing()
                .onCancellation().invoke(() -> stopped.add("stopped")), span, farewell);
    }

    private Reply.Stream open(String server, String caller) {
        return (Reply.Stream) streams.admit(turn(server, caller), stream(Span.REST, Buffer.buffer("bye")));
    }

    private static Cancellable read(Reply.Stream stream) {
        return stream.parts().subscribe().with(part -> {
        });
    }

    private void assertRefused(String server, String caller, String why) {
        Problem problem = assertThrows(Problem.class, () -> open(server, caller));
        assertEquals(Problem.Kind.LIMITED, problem.kind());
        assertEquals(why, problem.getMessage());
        assertEquals(Duration.ofSeconds(5), problem.retryAfter());
        assertEquals(List.of("stopped"), stopped);
        stopped.clear();
    }

    @Test
    void boundsThoseOfACallerAndOfAServer() {
        Cancellable first = read(open("s", "one"));
        open("s", "one");
        assertRefused("s", "one", "You have 2 streams to this MCP server open already");
        open("s", "two");
        assertRefused("s", "three", "This MCP server has 3 streams open already");
        assertRefused("s", "one", "This MCP server has 3 streams open already");
        open("other", "one");

        first.cancel();
        stopped.clear();
        open("s", "one");
        assertRefused("s", "two", "This MCP server has 3 streams open already");
    }

    private Uni<Reply> listen(Uni<Reply> answer) {
        return streams.admit(turn("s", "one", "subscriptions/listen"), () -> answer);
    }

    @Test
    void countsThoseThatHaveNotBegun() {
        Cancellable first = listen(Uni.createFrom().nothing()).subscribe().with(reply -> {
        });
        Cancellable second = listen(Uni.createFrom().nothing()).subscribe().with(reply -> {
        });
        AtomicBoolean asked = new AtomicBoolean();
        List<Throwable> refused = new ArrayList<>();

        listen(Uni.createFrom().<Reply> nothing().onSubscription().invoke(() -> asked.set(true))).subscribe()
                .with(reply -> {
                }, refused::add);

        assertEquals("You have 2 streams to this MCP server open already", refused.get(0).getMessage());
        assertFalse(asked.get());
        first.cancel();
        second.cancel();
        open("s", "one");
        open("s", "one");
    }

    @Test
    void countsNoneThatDoNotBegin() {
        Reply whole = new Reply.Json(404, Buffer.buffer("{}"));
        for (int i = 0; i < 5; i++) {
            assertSame(whole, listen(Uni.createFrom().item(whole)).await().indefinitely());
            assertThrows(IllegalStateException.class,
                    () -> listen(Uni.createFrom().failure(new IllegalStateException())).await().indefinitely());
        }
        Uni<Reply> begun = listen(Uni.createFrom().item(() -> stream(Span.REST, Buffer.buffer())));
        Reply.Stream one = (Reply.Stream) begun.await().indefinitely();
        Reply.Stream other = (Reply.Stream) begun.await().indefinitely();
        assertThrows(Problem.class, () -> begun.await().indefinitely());
        read(one).cancel();
        read(other).cancel();
        open("s", "one");
        open("s", "one");
    }

    @Test
    void countsNoAnswerThatIsWhole() {
        Reply whole = new Reply.Json(200, Buffer.buffer("{}"));
        for (int i = 0; i < 10; i++) {
            assertSame(whole, streams.admit(turn("s", "one"), whole));
        }
        open("s", "one");
    }

    @Test
    void hasLastWordsForAnswersThatDoNotEnd() {
        Reply.Stream answer = (Reply.Stream) streams.admit(turn("s", "one"), stream(Span.WORK, Buffer.buffer()));

        assertEquals("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":\"a\",\"error\":{\"code\":1504,\"message\":"
                + "\"The answer took longer than a stream may last\"}}\n\n", answer.farewell().toString());
        assertEquals("bye", open("s", "one").farewell().toString());
    }
}
