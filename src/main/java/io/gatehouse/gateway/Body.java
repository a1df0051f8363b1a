package io.gatehouse.gateway;

import java.time.Duration;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * The body of a request, which stays on the wire until somebody asks for it: so strangers, who are refused by their headers,
 * fill no memory. Bounded in size and time.
 */
public final class Body {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Buffer bytes = Buffer.buffer();
    private boolean complete;
    private boolean refused;

    Body(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    /** Whether all of it has come in. */
    boolean isComplete() {
        return complete;
    }

    /**
     * All of it. Fails with TOO_LARGE when it has more than {@code most} bytes, and with INVALID when it does not arrive in
     * time; after a failure it can't be read again.
     */
    public Uni<Buffer> read(long most) {
        if (complete) {
            return Uni.createFrom().item(bytes);
        }
        return refused
                ? Uni.createFrom().failure(Problem.tooLarge("The request's body was given up"))
                : Uni.createFrom().emitter(emitter -> receive(most, emitter));
    }

    private void receive(long most, UniEmitter<? super Buffer> emitter) {
        request.handler(chunk -> {
            if (bytes.length() + chunk.length() > most) {
                refuse(emitter, Problem.tooLarge("The request's body is larger than " + most + " bytes"));
            } else {
                bytes.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            complete = true;
            emitter.complete(bytes);
        });
        request.exceptionHandler(failure -> refuse(emitter,
                Problem.invalid("bad_request", "The request's body broke off")));
        request.resume();
        vertx.runOnContext(received -> limit(emitter));
    }

    /** A body that came with its head needs no deadline. */
    private void limit(UniEmitter<? super Buffer> emitter) {
        if (!complete && !refused) {
            long timer = vertx.setTimer(DEADLINE.toMillis(), id -> refuse(emitter,
                    Problem.invalid("request_timeout", "The request's body did not arrive in time")));
            emitter.onTermination(() -> vertx.cancelTimer(timer));
        }
    }

    private void refuse(UniEmitter<? super Buffer> emitter, Problem why) {
        refused = true;
        request.handler(null).endHandler(null).pause();
        emitter.fail(why);
    }
}
