package io.gatehouse.gateway.proxy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.engine.proxied.Messages;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Reply.Stream.Span;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.gateway.protocol.JsonRpc;
import io.gatehouse.gateway.stream.Events;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Begins the stream of a client that listens though the upstream lets its own head wait for the first event, as it may: a
 * client or a proxy in front gives up on a silent connection. What the upstream says within a second passes as it is.
 */
@Singleton
class HeadStart {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Vertx vertx;

    @Inject
    HeadStart(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Whoever stops the timer decides; where nobody does, the stream begins. */
    Uni<Reply> give(Turn turn, Uni<Reply> answer) {
        JsonNode id = turn.edge().isModern() ? turn.message().id() : null;
        Buffer farewell = id == null ? Buffer.buffer() : Events.message(Card.of(turn).farewell(id).toString());
        return Uni.createFrom().emitter(emitter -> {
            CompletableFuture<Reply> head = new CompletableFuture<>();
            Cancellable running = answer.map(reply -> reply instanceof Reply.Stream stream && stream.span() == Span.REST
                    ? stream.saying(farewell)
                    : reply).subscribe().with(head::complete, head::completeExceptionally);
            long timer = vertx.setTimer(PATIENCE.toMillis(), time -> emitter.complete(new Reply.Stream(200,
                    Map.of("Content-Type", Events.TYPE), parts(id, head, running), Span.REST, farewell)));
            head.whenComplete((reply, failure) -> {
                if (!vertx.cancelTimer(timer)) {
                    return;
                }
                if (failure == null) {
                    emitter.complete(reply);
                } else {
                    emitter.fail(failure);
                }
            });
            emitter.onTermination(() -> {
                if (vertx.cancelTimer(timer)) {
                    running.cancel();
                }
            });
        });
    }

    private static Multi<Buffer> parts(JsonNode id, CompletableFuture<Reply> head, Cancellable running) {
        return Uni.createFrom().completionStage(head).map(reply -> late(id, reply))
                .onFailure().recoverWithItem(failure -> event(error(id, failure)))
                .onItem().transformToMulti(Function.identity())
                .onCancellation().invoke(running::cancel);
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
