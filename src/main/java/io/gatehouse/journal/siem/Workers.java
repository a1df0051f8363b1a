package io.gatehouse.journal.siem;

import java.util.concurrent.Callable;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Work on whole batches, which would hold up an event loop. */
final class Workers {

    private Workers() {
    }

    static <T> Uni<T> run(Vertx vertx, Callable<T> work) {
        return Uni.createFrom().emitter(emitter -> vertx.executeBlocking(work, false)
                .onComplete(emitter::complete, emitter::fail));
    }
}
