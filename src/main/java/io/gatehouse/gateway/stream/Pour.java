package io.gatehouse.gateway.stream;

import java.util.concurrent.Flow.Subscription;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Reply.Stream.Span;
import io.gatehouse.platform.Home;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * Writes the parts of a reply as fast as the client reads them. A silent stream of events is kept alive by comments, which
 * stand between events only. Works on the event loop of its connection.
 */
public final class Pour implements MultiSubscriber<Buffer> {

    private static final Buffer KEEP_ALIVE = Buffer.buffer(": keep-alive\n\n");
    private static final int AHEAD = 8;

    private final Context context = Vertx.currentContext();
    private final StreamSettings settings;
    private final OpenStreams open;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Reply.Stream reply;
    private final EventEdge edge = new EventEdge();
    private Subscription source;
    private long keepAlive = -1;
    private long end = -1;
    private int owed;
    private boolean wrote;
    private boolean done;

    private Pour(StreamSettings settings, OpenStreams open, HttpServerRequest request, Reply.Stream reply) {
        this.settings = settings;
        this.open = open;
        this.request = request;
        this.response = request.response();
        this.reply = reply;
    }

    /** Begins at once: the head is out before the first part is there. */
    public static void begin(StreamSettings settings, OpenStreams open, HttpServerRequest request, Reply.Stream reply) {
        new Pour(settings, open, request, reply).begin();
    }

    /**
     * Ends an exchange so that the client sees it is not whole. Before HTTP/2 that takes the connection along; it is closed
     * by itself, for a response that is reset there is never told of its end, and a replica that stops would wait for it.
     */
    public static void breakOff(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(0);
        } else {
            request.connection().close();
        }
    }

    private void begin() {
        response.setChunked(true);
        if (reply.isEvents()) {
            response.putHeader("X-Accel-Buffering", "no").putHeader("Cache-Control", "no-cache, no-transform");
            keepAlive = context.owner().setPeriodic(settings.keepAlive().toMillis(), id -> keepAlive());
        }
        end = context.owner().setTimer(settings.longest().toMillis(), id -> finish());
        response.write(Buffer.buffer());
        response.closeHandler(closed -> gone());
        response.exceptionHandler(broken -> gone());
        reply.parts().subscribe(this);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        if (done) {
            abandon();
            return;
        }
        if (reply.span() == Span.REST) {
            open.opened(this);
        }
        source.request(AHEAD);
    }

    @Override
    public void onItem(Buffer part) {
        run(() -> {
            if (!done) {
                write(part);
            }
        });
    }

    private void write(Buffer part) {
        wrote = true;
        edge.passed(part);
        response.write(part);
        owed++;
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> askForMore());
        } else {
            askForMore();
        }
    }

    private void askForMore() {
        int parts = owed;
        owed = 0;
        if (parts > 0 && !done) {
            source.request(parts);
        }
    }

    private void run(Runnable work) {
        Home.run(context, work);
    }

    @Override
    public void onCompletion() {
        run(() -> close(response::end));
    }

    @Override
    public void onFailure(Throwable failure) {
        run(() -> close(() -> breakOff(request)));
    }

    private void keepAlive() {
        if (!wrote && edge.isBetweenEvents() && !response.writeQueueFull()) {
            response.write(KEEP_ALIVE);
        }
        wrote = false;
    }

    /** Ends it from this side, with a farewell where one fits. */
    void stop() {
        run(this::finish);
    }

    private void finish() {
        close(() -> {
            source.cancel();
            if (reply.isEvents() && edge.isBetweenEvents()) {
                response.end(reply.farewell());
            } else {
                breakOff(request);
            }
        });
    }

    private void gone() {
        close(() -> {
            if (source != null) {
                abandon();
            }
        });
    }

    private void abandon() {
        if (reply.span() == Span.WORK) {
            source.request(Long.MAX_VALUE);
        } else {
            source.cancel();
        }
    }

    private void close(Runnable how) {
        if (!done) {
            done = true;
            context.owner().cancelTimer(keepAlive);
            context.owner().cancelTimer(end);
            open.closed(this);
            how.run();
        }
    }
}
