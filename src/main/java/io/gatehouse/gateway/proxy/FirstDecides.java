package io.gatehouse.gateway.proxy;

import java.util.concurrent.Flow.Subscription;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.Reply;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Lets the first message decide what the reply is: a response is a reply by itself, and with anything else a stream begins,
 * of that message and all that follow.
 */
final class FirstDecides implements MultiSubscriber<ObjectNode> {

    private final UniEmitter<? super Reply> reply;
    private final BiFunction<ObjectNode, Multi<ObjectNode>, Reply> decide;
    private Subscription source;
    private MultiSubscriber<? super ObjectNode> rest;
    private ObjectNode first;
    private Throwable broken;
    private boolean done;

    private FirstDecides(UniEmitter<? super Reply> reply, BiFunction<ObjectNode, Multi<ObjectNode>, Reply> decide) {
        this.reply = reply;
        this.decide = decide;
    }

    /** @param decide gets the first message and, if that is no response, all messages with it */
    static Uni<Reply> of(Multi<ObjectNode> messages, BiFunction<ObjectNode, Multi<ObjectNode>, Reply> decide) {
        return Uni.createFrom().emitter(emitter -> {
            FirstDecides subscriber = new FirstDecides(emitter, decide);
            emitter.onTermination(subscriber::cancelIfUndecided);
            messages.subscribe().withSubscriber(subscriber);
        });
    }

    private void cancelIfUndecided() {
        if (first == null && source != null) {
            source.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        source.request(1);
    }

    @Override
    public void onItem(ObjectNode message) {
        if (first != null) {
            if (rest != null) {
                rest.onItem(message);
            }
            return;
        }
        first = message;
        if (message.has("method")) {
            reply.complete(decide.apply(message, new Rest()));
        } else {
            reply.complete(decide.apply(message, null));
            source.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onFailure(Throwable failure) {
        if (rest != null) {
            rest.onFailure(failure);
        } else {
            broken = failure;
            reply.fail(failure);
        }
    }

    @Override
    public void onCompletion() {
        done = true;
        if (rest != null) {
            rest.onCompletion();
        } else if (first == null) {
            reply.fail(Problem.upstreamFault("not_mcp", "The MCP server behind this one did not answer"));
        }
    }

    private final class Rest extends AbstractMulti<ObjectNode> implements Subscription {

        private boolean begun;

        @Override
        public void subscribe(MultiSubscriber<? super ObjectNode> subscriber) {
            rest = subscriber;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long messages) {
            long more = messages;
            if (!begun) {
                begun = true;
                rest.onItem(first);
                more = messages == Long.MAX_VALUE ? messages : messages - 1;
            }
            if (broken != null) {
                rest.onFailure(broken);
            } else if (done) {
                rest.onCompletion();
            } else if (more > 0) {
                source.request(more);
            }
        }

        @Override
        public void cancel() {
            source.cancel();
        }
    }
}
