package io.gatehouse.engine.proxied;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Waits for what may take as long as somebody listens, but for a second only. */
@Singleton
public class Patience {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Vertx vertx;

    @Inject
    Patience(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * What came of it.
     *
     * @param item null if it is still to come
     * @param later then brings it, for one subscriber; without one, it is never stopped
     */
    public record Outcome<T>(T item, Uni<T> later) {
    }

    Duration longest() {
        return LONGEST;
    }

    /** Fails where it fails in that time. Whoever stops the timer decides; where nobody does, the time is over. */
    public <T> Uni<Outcome<T>> await(Uni<T> slow) {
        return Uni.createFrom().emitter(emitter -> {
            CompletableFuture<T> result = new CompletableFuture<>();
            Cancellable running = slow.subscribe().with(result::complete, result::completeExceptionally);
            long timer = vertx.setTimer(longest().toMillis(), time -> emitter.complete(new Outcome<>(null,
                    Uni.createFrom().completionStage(result).onCancellation().invoke(running::cancel))));
            result.whenComplete((item, failure) -> {
                if (!vertx.cancelTimer(timer)) {
                    return;
                }
                if (failure == null) {
                    emitter.complete(new Outcome<>(item, null));
                } else {
                    emitter.fail(failure);
                }
            });
            emitter.onTermination(() -> {
                if (vertx.cancelTimer(timer)) {
                    running.cancel();
                }
            });
        });
    }
}
