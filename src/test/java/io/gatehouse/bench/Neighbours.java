package io.gatehouse.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;

/** Keeps calls going, so many at a time, whatever becomes of each. */
final class Neighbours implements AutoCloseable {

    static final int AT_ONCE = 64;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(AT_ONCE));
    private final AtomicLong ended = new AtomicLong();
    private final long begin = System.nanoTime();
    private final Call call;
    private final Duration pause;
    private volatile boolean over;

    /**
     * @param call null for nobody
     * @param pause after each call
     */
    Neighbours(Call call, Duration pause) {
        this.call = call;
        this.pause = pause;
        for (int i = 0; call != null && i < AT_ONCE; i++) {
            next();
        }
    }

    private void next() {
        if (over) {
            return;
        }
        client.request(call.options())
                .compose(request -> request.send(call.body()))
                .compose(answer -> answer.handler(part -> {
                }).end())
                .onComplete(end -> {
                    ended.incrementAndGet();
                    vertx.setTimer(pause.toMillis(), timer -> next());
                });
    }

    double endedPerSecond() {
        return ended.get() * 1e9 / (System.nanoTime() - begin);
    }

    @Override
    public void close() {
        over = true;
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
