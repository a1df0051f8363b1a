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
    private final Opening opening;

    OutboundStream(Vertx vertx, HttpClientResponse response, Duration timeout, Opening opening) {
        this.vertx = vertx;
        this.response = response;
        this.timeout = timeout;
        this.opening = opening;
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
        opening.disarm();
        return new StreamBody(vertx, response, mayRest ? null : timeout, opening);
    }

    /**
     * The whole body. Fails with TOO_LARGE, UPSTREAM, and TIMEOUT when it is not here in the time of the request; cancelling
     * closes the exchange.
     */
    public Uni<Buffer> whole(long most) {
        return Uni.createFrom().emitter(emitter -> {
            Buffer whole = Buffer.buffer();
            boolean[] complete = new boolean[1];
            emitter.onTermination(() -> {
                if (!complete[0]) {
                    abort();
                }
            });
            response.handler(chunk -> {
                if (whole.length() + chunk.length() > most) {
                    emitter.fail(Problem.tooLarge("The back end's answer is larger than " + most + " bytes"));
                } else {
                    whole.appendBuffer(chunk);
                }
            });
            response.exceptionHandler(failure -> emitter.fail(opening.reason(failure)));
            response.endHandler(end -> {
                complete[0] = true;
                opening.disarm();
                emitter.complete(whole);
            });
            if (opening.broken() != null) {
                emitter.fail(opening.reason(opening.broken()));
            }
            response.resume();
        });
    }

    /** Closes the exchange, read or not. */
    public void abort() {
        opening.disarm();
        response.exceptionHandler(failure -> {
        });
        response.request().reset();
    }
}
