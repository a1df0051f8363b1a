package io.gatehouse.gateway.stream;

import java.util.concurrent.Flow.Subscription;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.buffer.Buffer;

/** The parts of a stream of events, which can be ended before they end by themselves. For one subscriber. */
public final class Cut extends AbstractMulti<Buffer> {

    private final Multi<Buffer> parts;
    private final EventEdge edge = new EventEdge();
    private MultiSubscriber<? super Buffer> reader;
    private Subscription source;
    private Buffer words;
    private boolean begun;
    private boolean done;

    public Cut(Multi<Buffer> parts) {
        this.parts = parts;
    }

    @Override
    public void subscribe(MultiSubscriber<? super Buffer> subscriber) {
        reader = subscriber;
        parts.subscribe().withSubscriber(new Passage());
    }

    /**
     * Stops the source, says these last words if they would not stand in the middle of an event, and ends. Nothing happens
     * where the stream has ended already; before it has begun, it is ended when it begins.
     */
    public synchronized void end(Buffer lastWords) {
        words = lastWords;
        endIfBegun();
    }

    private void endIfBegun() {
        if (done || !begun || words == null) {
            return;
        }
        done = true;
        source.cancel();
        if (!edge.isBetweenEvents()) {
            reader.onFailure(Problem.upstream("The stream was cut", null));
            return;
        }
        if (words.length() > 0) {
            reader.onItem(words);
        }
        reader.onCompletion();
    }

    private synchronized void begin() {
        begun = true;
        endIfBegun();
    }

    private synchronized void pass(Buffer part) {
        if (!done) {
            edge.passed(part);
            reader.onItem(part);
        }
    }

    private synchronized boolean finish() {
        boolean first = !done;
        done = true;
        return first;
    }

    private final class Passage implements MultiSubscriber<Buffer>, Subscription {

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            reader.onSubscribe(this);
            begin();
        }

        @Override
        public void onItem(Buffer part) {
            pass(part);
        }

        @Override
        public void onFailure(Throwable failure) {
            if (finish()) {
                reader.onFailure(failure);
            }
        }

        @Override
        public void onCompletion() {
            if (finish()) {
                reader.onCompletion();
            }
        }

        @Override
        public void request(long more) {
            source.request(more);
        }

        @Override
        public void cancel() {
            finish();
            source.cancel();
        }
    }
}
