package io.gatehouse.gateway.cancel;

import java.util.concurrent.atomic.AtomicBoolean;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.gateway.protocol.JsonRpc;
import io.gatehouse.gateway.stream.Asides;
import io.gatehouse.gateway.stream.Events;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** One request under way, from when it is carried out until its answer is there, or all of it where that is a stream. */
final class Flight {

    private final FlightKey key;
    private final Runnable landed;
    private final Context context = Vertx.currentContext();
    private final AtomicBoolean over = new AtomicBoolean();
    private UniEmitter<? super Reply> answer;
    private Cancellable running;
    private Asides stream;

    /** @param landed called once, when it can't be cancelled any more */
    Flight(FlightKey key, Runnable landed) {
        this.key = key;
        this.landed = landed;
    }

    void start(Uni<Reply> request, UniEmitter<? super Reply> emitter) {
        answer = emitter;
        emitter.onTermination(this::givenUp);
        running = request.subscribe().with(this::answered, failure -> {
            land();
            emitter.fail(failure);
        });
    }

    private void answered(Reply reply) {
        if (reply instanceof Reply.Stream events) {
            stream = new Asides(events.parts().onTermination().invoke(this::land), false);
            answer.complete(events.with(stream).asWork());
        } else if (land()) {
            answer.complete(reply);
        }
    }

    private void givenUp() {
        if (stream == null && land()) {
            running.cancel();
        }
    }

    /** @return whether it was under way until now */
    private boolean land() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            landed.run();
        }
        return first;
    }

    /** Stops the work, and answers that it was cancelled; nothing where the answer is there already. */
    void cancel() {
        context.runOnContext(here -> {
            if (land()) {
                Fault cancelled = Fault.cancelled();
                if (stream != null) {
                    stream.end(Events.message(
                            JsonRpc.error(key.id(), cancelled.code(), cancelled.getMessage(), null).toString()));
                } else {
                    running.cancel();
                    answer.fail(cancelled);
                }
            }
        });
    }
}
