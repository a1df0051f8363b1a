package io.gatehouse.platform.outbound;

import java.time.Duration;

import io.gatehouse.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;

/**
 * One request up to the head of its answer, and the deadline of both, which holds until somebody else watches over the
 * answer. Confined to the event loop that runs it.
 */
final class Opening {

    private final Vertx vertx;
    private final Deadlines deadlines;
    private final Duration timeout;
    private HttpClientRequest current;
    private Problem ended;
    private boolean opened;
    private Throwable broken;
    private Deadlines.Deadline deadline;

    Opening(Vertx vertx, Deadlines deadlines, Duration timeout) {
        this.vertx = vertx;
        this.deadlines = deadlines;
        this.timeout = timeout;
    }

    Future<OutboundStream> run(HttpClient client, Resolver resolver, OutboundRequest request) {
        deadline = deadlines.set(timeout,
                () -> end(Problem.timeout("The back end did not answer within " + timeout.toSeconds() + " s")));
        return Exchange.connect(client, resolver, request)
                .compose(outgoing -> send(outgoing, request))
                .map(this::opened)
                .recover(failure -> Future.failedFuture(ended != null ? ended
                        : failure instanceof Problem ? failure
                                : Problem.upstream("The back end " + request.uri().getHost() + " could not be reached: "
                                        + failure.getMessage(), failure)))
                .onFailure(failure -> disarm());
    }

    private Future<HttpClientResponse> send(HttpClientRequest outgoing, OutboundRequest request) {
        if (ended != null) {
            outgoing.reset();
            return Future.failedFuture(ended);
        }
        current = outgoing;
        request.headers().forEach(header -> outgoing.headers().add(header.getKey(), header.getValue()));
        if (request.body() != null) {
            outgoing.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(request.body().length()));
            outgoing.end(request.body());
        } else {
            outgoing.end();
        }
        return outgoing.response();
    }

    private OutboundStream opened(HttpClientResponse response) {
        if (ended != null) {
            throw ended;
        }
        response.pause();
        response.exceptionHandler(failure -> broken = failure);
        opened = true;
        return new OutboundStream(vertx, response, timeout, this);
    }

    /** Ends the deadline. */
    void disarm() {
        deadline.lift();
    }

    /** Why the answer broke off before anybody read it; null where it did not. */
    Throwable broken() {
        return broken;
    }

    /** What to say of an answer that broke off. */
    Problem reason(Throwable failure) {
        return ended != null ? ended : Problem.upstream("The back end's answer broke off", failure);
    }

    /** Gives the request up, if its answer has not begun. */
    void abort() {
        if (!opened) {
            end(Problem.upstream("The request was cancelled", null));
        }
    }

    private void end(Problem why) {
        if (ended == null) {
            ended = why;
        }
        if (current != null) {
            current.reset();
        }
    }
}
