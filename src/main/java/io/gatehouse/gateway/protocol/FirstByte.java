package io.gatehouse.gateway.protocol;

import java.time.Duration;
import java.util.Map;

import org.jboss.logging.Logger;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.stream.Events;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/**
 * Answers a request by a stream of events that begins before the answer where that takes long, for much of what stands
 * between client and gateway gives up on a silent connection.
 */
public final class FirstByte {

    private static final Logger LOG = Logger.getLogger(FirstByte.class);
    private static final int INTERNAL_ERROR = -32_603;
    private static final Buffer COMMENT = Buffer.buffer(": the answer is awaited\n\n");

    private final Message request;
    private final Context context = Vertx.currentContext();
    private UniEmitter<? super Reply> reply;
    private UniEmitter<? super Reply> rest;
    private Cancellable running;
    private Reply answer;
    private Throwable failure;
    private boolean begun;

    private FirstByte(Message request) {
        this.request = request;
    }

    /**
     * The same answer, where it comes within this time. Cancelling stops the work, be it by the reply or by its stream.
     *
     * @param work for a client that takes streams; subscribed to on an event loop
     */
    public static Uni<Reply> within(Duration time, Message request, Uni<Reply> work) {
        return Uni.createFrom().emitter(reply -> new FirstByte(request).start(time, work, reply));
    }

    private void start(Duration time, Uni<Reply> work, UniEmitter<? super Reply> emitter) {
        reply = emitter;
        running = work.subscribe().with(this::answered, this::failed);
        if (!isThere()) {
            long timer = context.owner().setTimer(time.toMillis(), id -> begin());
            emitter.onTermination(() -> {
                context.owner().cancelTimer(timer);
                stopUnlessBegun();
            });
        }
    }

    private synchronized boolean isThere() {
        return answer != null || failure != null;
    }

    private synchronized void stopUnlessBegun() {
        if (!begun) {
            running.cancel();
        }
    }

    private synchronized void answered(Reply given) {
        answer = given;
        if (!begun) {
            reply.complete(given);
        } else if (rest != null) {
            rest.complete(given);
        }
    }

    private synchronized void failed(Throwable why) {
        failure = why;
        if (!begun) {
            reply.fail(why);
        } else if (rest != null) {
            rest.fail(why);
        }
    }

    private synchronized void begin() {
        if (!isThere()) {
            begun = true;
            reply.complete(new Reply.Stream(200, Map.of("Content-Type", Events.TYPE),
                    Multi.createBy().concatenating().streams(Multi.createFrom().item(COMMENT), rest())
                            .onCancellation().invoke(this::stop)));
        }
    }

    private Multi<Buffer> rest() {
        return Uni.createFrom().<Reply> emitter(this::goOn).onFailure().recoverWithItem(this::refusal)
                .onItem().transformToMulti(FirstByte::events);
    }

    private synchronized void goOn(UniEmitter<? super Reply> emitter) {
        if (answer != null) {
            emitter.complete(answer);
        } else if (failure != null) {
            emitter.fail(failure);
        } else {
            rest = emitter;
        }
    }

    private void stop() {
        running.cancel();
        if (rest == null && answer instanceof Reply.Stream stream) {
            stream.drop();
        }
    }

    private static Multi<Buffer> events(Reply reply) {
        return reply instanceof Reply.Stream stream ? stream.parts()
                : reply instanceof Reply.Json json ? Multi.createFrom().item(Events.message(json.body().toString()))
                        : Multi.createFrom().empty();
    }

    /** The head is out, so a failure is told in band whatever its status. */
    private Reply refusal(Throwable why) {
        if (why instanceof Fault fault) {
            return new Reply.Json(200, JsonRpc.error(request.id(), fault.code(), fault.getMessage(), fault.data()));
        }
        LOG.error("A call failed after its stream had begun", why);
        return new Reply.Json(200, JsonRpc.error(request.id(), INTERNAL_ERROR, "Internal error", null));
    }
}
