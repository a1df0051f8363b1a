package io.gatehouse.journal.activity;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;

/** The entries that wait for their commit, bounded by what they take. */
final class Backlog {

    /** About what an entry takes beside its form. */
    private static final int FIXED = 200;

    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final long most;

    /** @param most bytes, above which it is full */
    Backlog(long most) {
        this.most = most;
    }

    /**
     * An entry that waits.
     *
     * @param asker hears when it is committed; null for nobody
     * @param home where the asker hears it
     * @param since by the clock of {@link System#nanoTime}
     */
    record Waiting(Written entry, UniEmitter<? super Void> asker, Context home, long since) {

        long size() {
            return FIXED + entry.form().length;
        }
    }

    boolean isFull() {
        return bytes.get() >= most;
    }

    void add(Waiting waiting) {
        bytes.addAndGet(waiting.size());
        queue.add(waiting);
    }

    int size() {
        return queue.size();
    }

    long bytes() {
        return bytes.get();
    }

    /** What was not taken yet. */
    Stream<Waiting> stream() {
        return queue.stream();
    }

    /** The oldest at first; waits for one. */
    List<Waiting> await(int count) throws InterruptedException {
        List<Waiting> taken = new ArrayList<>();
        taken.add(queue.take());
        queue.drainTo(taken, count - 1);
        return taken;
    }

    /** What is there. */
    List<Waiting> take(int count) {
        List<Waiting> taken = new ArrayList<>();
        queue.drainTo(taken, count);
        return taken;
    }

    /** What was taken counts until it is done with. */
    void done(List<Waiting> taken) {
        bytes.addAndGet(-taken.stream().mapToLong(Waiting::size).sum());
    }
}
