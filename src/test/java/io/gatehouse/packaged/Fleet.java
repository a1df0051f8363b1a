package io.gatehouse.packaged;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Replicas of one installation that die again and again, each of which is followed by another. */
final class Fleet implements AutoCloseable {

    private static final long LONGEST_START_SECONDS = 60;

    private final Installation gatehouse;
    private final Map<String, String> settings;
    private final List<Replica> living = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> starts = new ArrayList<>();

    /** @param settings beside those of the installation */
    Fleet(Installation gatehouse, int count, Map<String, String> settings) {
        this.gatehouse = gatehouse;
        this.settings = settings;
        for (int i = 0; i < count; i++) {
            start();
        }
        awaitStarts();
    }

    private synchronized void start() {
        starts.add(CompletableFuture.runAsync(() -> {
            try {
                living.add(gatehouse.another(settings));
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }, work -> new Thread(work, "start").start()));
    }

    /** Those that serve, the one that does for the longest time at first. */
    List<Replica> living() {
        return living;
    }

    /** Of one that serves, each in turn; 1, where nobody listens, while there is none. */
    int port(int turn) {
        List<Replica> all = List.copyOf(living);
        return all.isEmpty() ? 1 : all.get(turn % all.size()).port();
    }

    void kill(Replica replica) {
        living.remove(replica);
        replica.kill();
    }

    /** Kills one, and starts another meanwhile. */
    void replace(Replica replica) {
        kill(replica);
        start();
    }

    /** Waits until all serve again. */
    synchronized void awaitStarts() {
        starts.forEach(start -> start.orTimeout(LONGEST_START_SECONDS, TimeUnit.SECONDS).join());
        starts.clear();
    }

    @Override
    public void close() {
        awaitStarts();
        living.forEach(Replica::close);
    }
}
