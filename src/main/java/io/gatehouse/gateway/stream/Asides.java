package io.gatehouse.gateway.stream;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow.Subscription;

import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.Home;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/**
 * The parts of a stream of events, between which something of ours can be said, and which can be ended. For one subscriber,
 * in whose context everything happens, so that nothing gets into the middle of an event.
 */
public final class Asides extends AbstractMulti<Buffer> {

    private final Multi<Buffer> parts;
    private final EventEdge edge = new EventEdge();
    private Context context;
    private MultiSubscriber<? super Buffer> reader;
    private Subscription source;
    private Buffer waiting;
    private Buffer lastWords;
    private long wanted;
    private boolean begun;
    private boolean hasData;
    private volatile boolean done;

    /** @param firstIsTheirs whether nothing may be said before the first event has passed */
    public Asides(Multi<Buffer> parts, boolean firstIsTheirs) {
        this.parts = parts;
        this.begun = !firstIsTheirs;
    }

    @Override
    public void subscribe(MultiSubscriber<? super Buffer> subscriber) {
        reader = subscriber;
        context = Vertx.currentContext();
        parts.subscribe().withSubscriber(new Passage());
    }

    /** Says this, as soon as it fits and the reader wants more; in place of what has waited for that until now. */
    public void say(Buffer event) {
        run(() -> {
            waiting = event;
            sayWhatWaits();
        });
    }

    private void sayWhatWaits() {
        if (waiting != null && begun && wanted > 0 && !done && edge.isBetweenEvents()) {
            Buffer event = waiting;
            waiting = null;
            emit(event);
        }
    }

    private void emit(Buffer part) {
        wanted -= wanted == Long.MAX_VALUE || wanted == 0 ? 0 : 1;
        reader.onItem(part);
    }

    /**
     * Stops the source and ends, with these last words; broken, where that is in the middle of an event. Nothing happens where
     * the stream has ended already; before it has begun, it is ended when it begins.
     */
    public void end(Buffer words) {
        run(() -> {
            lastWords = words;
            endIfBegun();
        });
    }

    private void endIfBegun() {
        if (done || source == null || lastWords == null) {
            return;
        }
        done = true;
        source.cancel();
        if (!edge.isBetweenEvents()) {
            reader.onFailure(Problem.upstream("The stream was cut", null));
            return;
        }
        if (lastWords.length() > 0) {
            reader.onItem(lastWords);
        }
        reader.onCompletion();
    }

    private void run(Runnable work) {
        if (context == null) {
            work.run();
        } else {
            Home.run(context, work);
        }
    }

    private void pass(Buffer part) {
        int fitting = waiting == null || !begun ? -1 : edge.nextIn(part);
        if (fitting > 0 && fitting < part.length()) {
            passWhole(part.slice(0, fitting));
            passWhole(part.slice(fitting, part.length()));
        } else {
            passWhole(part);
        }
    }

    private void passWhole(Buffer part) {
        edge.passed(part);
        emit(part);
        if (!begun) {
            hasData |= part.toString(StandardCharsets.ISO_8859_1).contains("data");
            begun = hasData && edge.isBetweenEvents();
        }
        sayWhatWaits();
    }

    private final class Passage implements MultiSubscriber<Buffer>, Subscription {

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            reader.onSubscribe(this);
            endIfBegun();
        }

        @Override
        public void onItem(Buffer part) {
            run(() -> {
                if (!done) {
                    pass(part);
                }
            });
        }

        @Override
        public void onFailure(Throwable failure) {
            run(() -> finish(() -> reader.onFailure(failure)));
        }

        @Override
        public void onCompletion() {
            run(() -> finish(reader::onCompletion));
        }

        private void finish(Runnable how) {
            if (!done) {
                done = true;
                how.run();
            }
        }

        @Override
        public void request(long more) {
            run(() -> {
                wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
                source.request(more);
                sayWhatWaits();
            });
        }

        @Override
        public void cancel() {
            done = true;
            source.cancel();
        }
    }
}
