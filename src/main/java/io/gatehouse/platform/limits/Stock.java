package io.gatehouse.platform.limits;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.gatehouse.platform.limits.Engine.Grant;

/**
 * Calls of one window that are counted already, and that this replica may admit before the window ends. Any thread takes
 * calls; all else is the desk's.
 */
final class Stock {

    /** For how long the clock is trusted, of which it may lose a thousandth. */
    private static final long TRUSTED = Duration.ofSeconds(10).toNanos();
    private static final long ERROR = 1_000;

    /** For so long nobody asks again who was refused; another replica may give calls back meanwhile. */
    private static final Duration REFUSED = Duration.ofMillis(150);

    private final long capacity;
    private final long since;
    private final AtomicLong calls = new AtomicLong();
    private volatile long left = Long.MAX_VALUE;
    private volatile long ends = System.nanoTime();
    private volatile long usableUntil = ends;
    private final NoneLeft noneLeft = new NoneLeft(REFUSED);
    private volatile long low = -1;
    private long received;
    private long ahead;

    Stock(long capacity, long since) {
        this.capacity = capacity;
        this.since = since;
    }

    long capacity() {
        return capacity;
    }

    /** When the window began, in the engine's seconds. */
    long since() {
        return since;
    }

    /** Takes one call, unless there is none. */
    boolean take(long now) {
        return now - usableUntil < 0 && calls.getAndUpdate(n -> n > 0 ? n - 1 : n) > 0;
    }

    /** For a call that was taken and did not take place. */
    void put() {
        calls.incrementAndGet();
    }

    long held() {
        return calls.get();
    }

    /** What is held and may be taken. */
    long usable(long now) {
        return now - usableUntil < 0 ? calls.get() : 0;
    }

    /** Whether it is time to ask for more, before calls have to wait for it. */
    boolean isLow() {
        if (calls.get() > low) {
            return false;
        }
        low = -1;
        return true;
    }

    boolean refuses(long now) {
        return noneLeft.holds(now) && now - ends < 0;
    }

    boolean isOver(long now) {
        return now - ends >= 0;
    }

    Standing standing(Limit limit, long now) {
        return new Standing(limit, Math.max(0, left) + calls.get(), Duration.ofNanos(Math.max(0, ends - now)));
    }

    /** What the engine had left when it was asked last. */
    long left() {
        return left;
    }

    /** Calls that were spent up to now. */
    long spent() {
        return received - calls.get();
    }

    long ahead() {
        return ahead;
    }

    /** Takes calls out, this many at most. */
    long takeOut(long most) {
        long out = Math.min(most, calls.getAndUpdate(n -> n - Math.min(Math.max(n, 0), most)));
        received -= out;
        return out;
    }

    /** What was held in advance and is not any more. */
    long settle() {
        long settled = Math.max(0, ahead - Math.max(0, calls.get()));
        ahead -= settled;
        return settled;
    }

    /** @param sent when the engine was asked, which is earlier than when it answered */
    void add(Grant grant, boolean isEnough, long sent) {
        long now = System.nanoTime();
        long all = grant.granted() + grant.reserved();
        received += all;
        ahead += grant.reserved();
        left = grant.left();
        ends = Math.max(ends, sent + grant.nanos());
        long usable = Math.min(grant.nanos(), TRUSTED);
        usableUntil = Math.max(usableUntil, sent + usable - usable / ERROR);
        low = grant.reserved() == 0 ? -1 : grant.reserved() / 2;
        noneLeft.note(isEnough, now);
        calls.addAndGet(all);
    }
}
