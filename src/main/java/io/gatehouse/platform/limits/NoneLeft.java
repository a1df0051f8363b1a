package io.gatehouse.platform.limits;

import java.time.Duration;

/**
 * What the engine said when it had less than was asked for. It holds for a while, in which nobody asks again; any thread
 * looks, the desk notes.
 */
final class NoneLeft {

    private final long holds;
    private volatile boolean isSaid;
    private volatile long until;

    NoneLeft(Duration holds) {
        this.holds = holds.toNanos();
    }

    void note(boolean isEnough, long now) {
        if (!isEnough) {
            until = now + holds;
        }
        isSaid = !isEnough;
    }

    /** Time alone can't tell: a caller may be late, and its present older than what it sees here. */
    boolean holds(long now) {
        return isSaid && now - until < 0;
    }
}
