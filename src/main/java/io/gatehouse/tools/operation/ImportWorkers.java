package io.gatehouse.tools.operation;

import java.util.concurrent.Callable;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The one thread that reads documents, so that imports bound their memory and starve nobody. */
@Singleton
class ImportWorkers {

    private static final int ONE_AT_A_TIME = 1;

    private final WorkerExecutor executor;

    @Inject
    ImportWorkers(Vertx vertx) {
        this.executor = vertx.createSharedWorkerExecutor("gatehouse-imports", ONE_AT_A_TIME);
    }

    /** The caller goes on in its own context. */
    <T> Uni<T> run(Callable<T> work) {
        return Uni.createFrom().completionStage(() -> executor.executeBlocking(work).toCompletionStage());
    }

    @PreDestroy
    void close() {
        executor.close();
    }
}
