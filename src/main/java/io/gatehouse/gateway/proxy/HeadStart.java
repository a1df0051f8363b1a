package io.gatehouse.gateway.proxy;

import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.engine.proxied.Messages;
import io.gatehouse.engine.proxied.Patience;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Reply.Stream.Span;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.gateway.protocol.JsonRpc;
import io.gatehouse.gateway.stream.Events;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Begins the stream of a client that listens though the upstream lets its own head wait for the first event, as it may: a
 * client or a proxy in front gives up on a silent connection. What the upstream says within a second passes as it is.
 */
@Singleton
class HeadStart {

    private final Patience patience;

    @Inject
    HeadStart(Patience patience) {
        this.patience = patience;
    }

    Uni<Reply> give(Turn turn, Uni<Reply> answer) {
        JsonNode id = turn.edge().isModern() ? turn.message().id() : null;
        Buffer farewell = id == null ? Buffer.buffer() : Events.message(Card.of(turn).farewell(id).toString());
        return patience.await(answer.map(reply -> reply instanceof Reply.Stream stream && stream.span() == Span.REST
                ? stream.saying(farewell)
                : reply))
                .map(outcome -> outcome.item() != null ? outcome.item()
                        : new Reply.Stream(200, Map.of("Content-Type", Events.TYPE), parts(id, outcome.later()), Span.REST,
                                farewell));
    }

    private static Multi<Buffer> parts(JsonNode id, Uni<Reply> later) {
        return later.map(reply -> late(id, reply)).onFailure().recoverWithItem(failure -> event(error(id, failure)))
                .onItem().transformToMulti(Function.identity());
    }

    /** A refusal comes too late to be a status; a client of the legacy era learns of it when it listens again. */
    private static Multi<Buffer> late(JsonNode id, Reply reply) {
        if (reply instanceof Reply.Stream stream) {
            if (stream.isEvents()) {
                return stream.parts();
            }
            stream.drop();
        }
        return event(id != null && reply instanceof Reply.Json json ? line(json) : null);
    }

    private static Buffer line(Reply.Json json) {
        try {
            return Buffer.buffer(Messages.parse(json.body()).toString());
        } catch (Problem noMessage) {
            return null;
        }
    }

    private static Buffer error(JsonNode id, Throwable failure) {
        return id != null && failure instanceof Fault fault
                ? JsonRpc.error(id, fault.code(), fault.getMessage(), fault.data())
                : null;
    }

    private static Multi<Buffer> event(Buffer json) {
        return json == null ? Multi.createFrom().empty() : Multi.createFrom().item(Events.message(json.toString()));
    }
}
