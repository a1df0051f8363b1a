package io.gatehouse.platform;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Work under way, done once for all who ask for it meanwhile. Each of them goes on where it is at home, and one that goes
 * away takes nothing from the others.
 */
public final class Shared<K, V> {

    private final ConcurrentMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();

    /** What the work comes to, be it this one or the one that is under way. */
    public Uni<V> of(K key, Supplier<Uni<V>> work) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<V> mine = new CompletableFuture<>();
            CompletableFuture<V> shared = underWay.putIfAbsent(key, mine);
            if (shared == null) {
                begin(key, work, mine);
            }
            return Uni.createFrom().completionStage((shared == null ? mine : shared).copy()).emitOn(here());
        });
    }

    private void begin(K key, Supplier<Uni<V>> work, CompletableFuture<V> mine) {
        Uni.createFrom().deferred(work::get).onTermination().invoke(() -> underWay.remove(key, mine))
                .subscribe().with(mine::complete, mine::completeExceptionally);
    }

    /** Who asks from now on does not share what is under way. */
    public void forget() {
        underWay.clear();
    }

    private static Executor here() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : work -> context.runOnContext(ignored -> work.run());
    }
}
