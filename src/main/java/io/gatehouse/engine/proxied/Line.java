package io.gatehouse.engine.proxied;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.gatehouse.kernel.Problem;

/**
 * The line to one upstream from this replica: so many calls at once, and none at all for a while after several that
 * failed in a row; then one call tries whether it is back.
 */
final class Line {

    private static final int FAILURES_IN_A_ROW = 5;
    private static final Duration REST = Duration.ofSeconds(5);

    private final int mostAtOnce;
    private final LongSupplier clock;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long brokenUntil;
    private Long doubted;

    /** @param clock in nanoseconds, from anywhere */
    Line(int mostAtOnce, LongSupplier clock) {
        this.mostAtOnce = mostAtOnce;
        this.clock = clock;
    }

    /** @throws Problem UNAVAILABLE when the line is broken or full; otherwise {@link #leave} must follow */
    void enter() {
        if (isBroken() && !mayTry()) {
            throw broken();
        }
        if (calls.incrementAndGet() > mostAtOnce) {
            calls.decrementAndGet();
            throw Problem.unavailable("The MCP server behind this one has " + mostAtOnce
                    + " calls under way already", null);
        }
    }

    /**
     * For a stream, which takes no place among the calls: who opens it bounds it.
     *
     * @throws Problem UNAVAILABLE while the line is broken and rests
     */
    void check() {
        if (isBroken() && clock.getAsLong() - brokenUntil < 0) {
            throw broken();
        }
    }

    private static Problem broken() {
        return Problem.unavailable("The MCP server behind this one has failed several times in a row; "
                + "it is tried again in some seconds", null);
    }

    /** Whoever moves the end of the rest is the one that tries. */
    private synchronized boolean mayTry() {
        long now = clock.getAsLong();
        if (now - brokenUntil < 0) {
            return false;
        }
        brokenUntil = now + REST.toNanos();
        return true;
    }

    void leave() {
        calls.decrementAndGet();
    }

    void worked() {
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    /** @return whether the line broke just now */
    boolean failed() {
        int inARow = failures.incrementAndGet();
        if (inARow >= FAILURES_IN_A_ROW) {
            brokenUntil = clock.getAsLong() + REST.toNanos();
        }
        return inARow == FAILURES_IN_A_ROW;
    }

    boolean isBroken() {
        return failures.get() >= FAILURES_IN_A_ROW;
    }

    int calls() {
        return calls.get();
    }

    /** Whether a doubt is worth saying: one is enough for a while. */
    synchronized boolean mayDoubt() {
        long now = clock.getAsLong();
        boolean may = doubted == null || now - doubted >= REST.toNanos();
        doubted = may ? (Long) now : doubted;
        return may;
    }
}
