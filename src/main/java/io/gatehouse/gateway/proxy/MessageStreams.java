package io.gatehouse.gateway.proxy;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.stream.Events;
import io.gatehouse.gateway.stream.LargestAnswer;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;

/** Streams of messages to clients. */
final class MessageStreams {

    private static final Map<String, String> HEADERS = Map.of("Content-Type", Events.TYPE);

    private MessageStreams() {
    }

    static Buffer of(JsonNode message) {
        return Events.message(message.toString());
    }

    /**
     * That the tools of the server were changed.
     *
     * @param subscription that wants to know it; null for a client of the legacy era
     */
    static Buffer toolsChanged(JsonNode subscription) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0")
                .put("method", "notifications/tools/list_changed");
        if (subscription != null) {
            message.putObject("params").putObject("_meta").set(Card.SUBSCRIPTION, subscription);
        }
        return of(message);
    }

    /** The answer to one request. */
    static Reply stream(Multi<ObjectNode> messages, LargestAnswer largest) {
        return new Reply.Stream(200, HEADERS, largest.bound(messages.map(MessageStreams::of)));
    }

    /** A stream for as long as the client listens. */
    static Reply resting(Multi<ObjectNode> messages, Buffer farewell) {
        return new Reply.Stream(200, HEADERS, messages.map(MessageStreams::of), Reply.Stream.Span.REST, farewell);
    }
}
