package io.gatehouse.bench;

import org.HdrHistogram.Histogram;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/** One event loop's share of the connections. */
final class Driver extends AbstractVerticle {

    private static final long AFTER_A_FAILURE_MILLIS = 20;

    private final Call call;
    private final Buffer expected;
    private final int connections;
    private final Load.Phase phase;
    private final RequestOptions options;
    private final Histogram latencies = new Histogram(3);
    private final Promise<Void> idle = Promise.promise();
    private HttpClient client;
    private int busy;
    private long errors;
    private String error;

    Driver(Call call, Buffer expected, int connections, Load.Phase phase) {
        this.call = call;
        this.expected = expected;
        this.connections = connections;
        this.phase = phase;
        this.options = call.options();
    }

    @Override
    public void start() {
        client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(true),
                new PoolOptions().setHttp1MaxSize(connections));
        for (busy = 0; busy < connections; busy++) {
            next();
        }
    }

    private void next() {
        long begin = System.nanoTime();
        client.request(options)
                .compose(request -> call.body() == null ? request.send() : request.send(call.body()))
                .compose(this::check)
                .onComplete(done -> answered(begin, done));
    }

    private Future<Void> check(HttpClientResponse answer) {
        return answer.body().compose(body -> answer.statusCode() == 200 && body.equals(expected)
                ? Future.succeededFuture()
                : Future.failedFuture("Another answer than the first: " + answer.statusCode() + " " + body));
    }

    private void answered(long begin, AsyncResult<Void> done) {
        if (done.failed()) {
            errors++;
            error = error == null ? done.cause().toString() : error;
        } else if (phase.measuring && !phase.over) {
            latencies.recordValue(System.nanoTime() - begin);
        }
        if (phase.over) {
            if (--busy == 0) {
                idle.complete();
            }
        } else if (done.failed()) {
            vertx.setTimer(AFTER_A_FAILURE_MILLIS, id -> next());
        } else {
            next();
        }
    }

    /** Done when the last request is answered. */
    Future<Void> idle() {
        return idle.future();
    }

    Histogram latencies() {
        return latencies;
    }

    long errors() {
        return errors;
    }

    /** The first, or null. */
    String error() {
        return error;
    }
}
