package io.gatehouse.tools.operation;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The one thread that reads documents, with a short queue: imports bound their memory and starve nobody. */
@Singleton
class ImportWorkers {

    private static final int ONE_AT_A_TIME = 1;

    private static final int MOST_WAITING = 4;

    private final WorkerExecutor executor;
    private final AtomicInteger underWay = new AtomicInteger();

    @Inject
    ImportWorkers(Vertx vertx) {
        this.executor = vertx.createSharedWorkerExecutor("gatehouse-imports", ONE_AT_A_TIME);
    }

    /** The caller goes on in its own context. Fails with UNAVAILABLE when too many are waiting. */
    <T> Uni<T> run(Callable<T> work) {
        if (underWay.incrementAndGet() > ONE_AT_A_TIME + MOST_WAITING) {
            underWay.decrementAndGet();
            throw Problem.unavailable("Too many documents are being imported; try again in a moment", null);
        }
        return Uni.createFrom().completionStage(() -> executor.executeBlocking(work).toCompletionStage())
                .onTermination().invoke(underWay::decrementAndGet);
    }

    @PreDestroy
    void close() {
        executor.close();
    }
}
