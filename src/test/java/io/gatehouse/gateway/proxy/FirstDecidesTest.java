package io.gatehouse.gateway.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.Reply;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.buffer.Buffer;

/** A stream is read later than it begins: what its entry in the log takes. */
class FirstDecidesTest {

    private MultiEmitter<? super ObjectNode> upstream;
    private Reply reply;

    private void ask() {
        FirstDecides.of(Multi.createFrom().<ObjectNode> emitter(emitter -> upstream = emitter), FirstDecidesTest::reply)
                .subscribe().with(given -> reply = given);
    }

    private static Reply reply(ObjectNode first, Multi<ObjectNode> all) {
        return all == null ? new Reply.Json(200, Buffer.buffer(first.toString()))
                : new Reply.Stream(200, Map.of(), all.map(message -> Buffer.buffer(message.toString())));
    }

    private static ObjectNode notice() {
        return JsonNodeFactory.instance.objectNode().put("method", "notifications/progress");
    }

    private AssertSubscriber<Buffer> read() {
        return ((Reply.Stream) reply).parts().subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    @Test
    void endsAStreamThatHadEndedBeforeItWasRead() {
        ask();
        upstream.emit(notice());
        upstream.complete();

        assertEquals(1, read().assertCompleted().getItems().size());
    }

    @Test
    void breaksAStreamThatHadBrokenBeforeItWasRead() {
        ask();
        upstream.emit(notice());
        upstream.fail(new IllegalStateException("broken"));

        assertEquals(1, read().assertFailedWith(IllegalStateException.class, "broken").getItems().size());
    }
}
