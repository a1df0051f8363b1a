package io.gatehouse.platform.outbound;

import java.time.Duration;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/**
 * An answer whose head has come; its body waits on the wire. Either {@link #body} is read to its end or cancelled, or
 * {@link #whole} is awaited, or it is given up: until then it holds a connection.
 */
public final class OutboundStream {

    private final Vertx vertx;
    private final HttpClientResponse response;
    private final Duration timeout;

    OutboundStream(Vertx vertx, HttpClientResponse response, Duration timeout) {
        this.vertx = vertx;
        this.response = response;
        this.timeout = timeout;
    }

    public int status() {
        return response.statusCode();
    }

    public MultiMap headers() {
        return response.headers();
    }

    /**
     * The body as it comes, no faster than it is asked for. Fails with UPSTREAM when it breaks off, and with TIMEOUT when
     * nothing comes for the time-out of the request although it is asked for, unless the stream {@code mayRest}.
     * Cancelling closes the exchange.
     */
    public Multi<Buffer> body(boolean mayRest) {
        return new StreamBody(vertx, response, mayRest ? null : timeout);
    }

    /** The whole body. Fails with TOO_LARGE, TIMEOUT and UPSTREAM; cancelling closes the exchange. */
    public Uni<Buffer> whole(long most) {
        return Uni.createFrom().emitter(emitter -> {
            Buffer whole = Buffer.buffer();
            long timer = vertx.setTimer(timeout.toMillis(), id -> {
                emitter.fail(StreamBody.late(timeout));
            });
            emitter.onTermination(() -> {
                if (vertx.cancelTimer(timer)) {
                    response.request().reset();
                }
            });
            response.handler(chunk -> {
                if (whole.length() + chunk.length() > most) {
                    emitter.fail(Problem.tooLarge("The back end's answer is larger than " + most + " bytes"));
                } else {
                    whole.appendBuffer(chunk);
                }
            });
            response.exceptionHandler(failure -> emitter.fail(StreamBody.broken(failure)));
            response.endHandler(end -> {
                vertx.cancelTimer(timer);
                emitter.complete(whole);
            });
            response.resume();
        });
    }

    /** Closes the exchange, read or not. */
    public void abort() {
        response.exceptionHandler(failure -> {
        });
        response.request().reset();
    }
}
