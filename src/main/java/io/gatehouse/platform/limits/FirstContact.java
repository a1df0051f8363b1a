package io.gatehouse.platform.limits;

import java.time.Duration;
import java.util.function.Supplier;

import io.vertx.core.Future;

/**
 * Reaches an engine before calls do, so that the first of them does not wait for a connection that a busy machine is slow to
 * make. An engine that is away is waited for only so long: what calls do without it is each server's policy.
 */
final class FirstContact {

    /** In the time that a call waits. */
    private static final int PATIENCE = 15;

    private final Supplier<Future<?>> question;
    private final long longest;
    private final long began = System.nanoTime();
    private volatile boolean underWay;
    private volatile boolean made;

    /**
     * @param question that changes nothing
     * @param timeout of calls
     */
    FirstContact(Supplier<Future<?>> question, Duration timeout) {
        this.question = question;
        this.longest = timeout.multipliedBy(PATIENCE).toNanos();
    }

    /** Now and then, on one event loop. */
    void attempt() {
        if (!made && !underWay) {
            underWay = true;
            question.get().onComplete(done -> {
                made = done.succeeded();
                underWay = false;
            });
        }
    }

    /** Whether it is made, or waited for no longer. */
    boolean isOver() {
        return made || System.nanoTime() - began > longest;
    }
}
