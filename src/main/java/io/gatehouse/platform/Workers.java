package io.gatehouse.platform;

import java.util.concurrent.Callable;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Work that would hold up an event loop, on other threads. */
public final class Workers {

    private Workers() {
    }

    /** Goes on where it was asked for. */
    public static <T> Uni<T> run(Vertx vertx, Callable<T> work) {
        return Uni.createFrom().emitter(emitter -> vertx.executeBlocking(work, false)
                .onComplete(emitter::complete, emitter::fail));
    }
}
