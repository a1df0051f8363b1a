package io.gatehouse.platform.outbound;

import java.time.Duration;
import java.util.concurrent.Flow.Subscription;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** The body of an answer, for one subscriber. Confined to the event loop of its connection. */
final class StreamBody extends AbstractMulti<Buffer> {

    private final Vertx vertx;
    private final HttpClientResponse response;
    private final Duration timeout;
    private final Opening opening;

    /**
     * @param timeout for each part that is asked for; null for none
     * @param opening knows what broke the answer off before it was read, of which nobody tells again
     */
    StreamBody(Vertx vertx, HttpClientResponse response, Duration timeout, Opening opening) {
        this.vertx = vertx;
        this.response = response;
        this.timeout = timeout;
        this.opening = opening;
    }

    private static Problem late(Duration timeout) {
        return Problem.timeout("The back end's answer stopped for more than " + timeout.toSeconds() + " s");
    }

    @Override
    public void subscribe(MultiSubscriber<? super Buffer> subscriber) {
        new Reading(subscriber).begin();
    }

    private final class Reading implements Subscription {

        private final MultiSubscriber<? super Buffer> subscriber;
        private long wanted;
        private long lastSign;
        private long timer = -1;
        private boolean done;

        Reading(MultiSubscriber<? super Buffer> subscriber) {
            this.subscriber = subscriber;
        }

        void begin() {
            response.handler(this::part);
            response.endHandler(end -> finish(subscriber::onCompletion));
            response.exceptionHandler(this::breakOff);
            subscriber.onSubscribe(this);
            if (opening.broken() != null) {
                breakOff(opening.broken());
            }
        }

        /** What came before is handed over first, as far as it is asked for. */
        private void breakOff(Throwable failure) {
            vertx.runOnContext(then -> finish(() -> subscriber.onFailure(opening.reason(failure))));
        }

        private void part(Buffer part) {
            lastSign = System.nanoTime();
            if (!done) {
                wanted--;
                subscriber.onItem(part);
            }
        }

        @Override
        public void request(long parts) {
            if (done) {
                return;
            }
            if (wanted == 0) {
                lastSign = System.nanoTime();
            }
            wanted = wanted + parts < 0 ? Long.MAX_VALUE : wanted + parts;
            if (timeout != null && timer < 0) {
                watch(timeout.toNanos());
            }
            response.fetch(parts);
        }

        /** One timer for many parts: it looks how long the last sign of life is ago. */
        private void watch(long nanos) {
            timer = vertx.setTimer(Math.max(1, nanos / 1_000_000), id -> {
                long left = timeout.toNanos() - (System.nanoTime() - lastSign);
                if (wanted == 0 || left > 0) {
                    watch(wanted == 0 ? timeout.toNanos() : left);
                } else {
                    finish(() -> subscriber.onFailure(late(timeout)));
                    response.request().reset();
                }
            });
        }

        private void finish(Runnable end) {
            if (!done) {
                done = true;
                vertx.cancelTimer(timer);
                end.run();
            }
        }

        @Override
        public void cancel() {
            finish(() -> response.request().reset());
        }
    }
}
