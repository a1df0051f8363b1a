package io.gatehouse.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

import io.gatehouse.engine.Progress;
import io.gatehouse.gateway.Reply;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;

/** When a call is answered by a stream, and what stands in it. */
class ProgressReplyTest {

    private static final Message REQUEST = new Message(Message.Kind.REQUEST, IntNode.valueOf(7), "tools/call",
            JsonNodeFactory.instance.objectNode());
    private static final Reply.Json ANSWER = new Reply.Json(200, Buffer.buffer("{\"id\":7}"));
    private static final String PROGRESS = "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\","
            + "\"params\":{\"progressToken\":\"t\",\"progress\":%s}}\n\n";
    private static final String END = "event: message\ndata: {\"id\":7}\n\n";

    private final List<String> call = new ArrayList<>();
    private Progress progress;
    private UniEmitter<? super Reply.Json> answer;
    private final UniAssertSubscriber<Reply> client = ProgressReply.of(REQUEST, TextNode.valueOf("t"), this::begin)
            .subscribe().withSubscriber(UniAssertSubscriber.create());

    private Uni<Reply.Json> begin(Progress hears) {
        progress = hears;
        return Uni.createFrom().<Reply.Json> emitter(emitter -> answer = emitter)
                .onCancellation().invoke(() -> call.add("stopped"));
    }

    private void report(double done) {
        progress.report(BigDecimal.valueOf(done), null, null);
    }

    private AssertSubscriber<Buffer> stream(long wanted) {
        return assertInstanceOf(Reply.Stream.class, client.getItem()).parts().subscribe()
                .withSubscriber(AssertSubscriber.create(wanted));
    }

    private static List<String> read(AssertSubscriber<Buffer> stream) {
        return stream.getItems().stream().map(Buffer::toString).toList();
    }

    private static String event(double done) {
        return PROGRESS.formatted(done);
    }

    @Test
    void isTheAnswerAloneWhereNothingIsReported() {
        answer.complete(ANSWER);

        assertSame(ANSWER, client.awaitItem().getItem());
        report(1);
    }

    @Test
    void isAStreamThatEndsWithTheAnswer() {
        report(0.5);
        AssertSubscriber<Buffer> stream = stream(100);
        progress.report(BigDecimal.ONE, BigDecimal.TEN, "One of ten");
        answer.complete(ANSWER);
        report(2);

        stream.assertCompleted();
        assertEquals(List.of(event(0.5), PROGRESS.formatted("1,\"total\":10,\"message\":\"One of ten\""), END), read(stream));
    }

    @Test
    void isWholeForWhoSubscribesLate() {
        report(0.5);
        report(0.7);
        answer.complete(ANSWER);

        assertEquals(List.of(event(0.5), END), read(stream(100).assertCompleted()));
    }

    @Test
    void leavesOutWhatDoesNotGrow() {
        report(1);
        AssertSubscriber<Buffer> stream = stream(100);
        report(1);
        report(0.5);
        report(1.5);

        assertEquals(List.of(event(1), event(1.5)), read(stream));
    }

    @Test
    void leavesOutWhatASlowClientHasNoRoomFor() {
        report(1);
        AssertSubscriber<Buffer> stream = stream(1);
        for (int i = 2; i < 1_000; i++) {
            report(i);
        }
        stream.request(1);
        report(1_000);
        answer.complete(ANSWER);
        stream.request(100);

        assertEquals(List.of(event(1), event(1_000), END), read(stream.assertCompleted()));
    }

    @Test
    void stopsTheCallWhenNobodyWaitsAnyMore() {
        client.cancel();
        assertEquals(List.of("stopped"), call);
    }

    @Test
    void stopsTheCallWhenTheStreamIsClosed() {
        report(1);
        AssertSubscriber<Buffer> stream = stream(100);
        assertEquals(List.of(), call);

        stream.cancel();

        assertEquals(List.of("stopped"), call);
    }

    @Test
    void endsWithAnErrorWhereTheCallFails() {
        report(1);
        answer.fail(new IllegalStateException("a secret"));

        assertEquals(List.of(event(1), "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32603,"
                + "\"message\":\"Internal error\"}}\n\n"), read(stream(100).assertCompleted()));
    }

    @Test
    void failsWhereTheCallFailsBeforeItReports() {
        answer.fail(new IllegalStateException());

        client.awaitFailure().assertFailedWith(IllegalStateException.class);
    }
}
