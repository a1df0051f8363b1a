package io.gatehouse.platform.limits;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.gatehouse.platform.limits.Engine.Claim;
import io.gatehouse.platform.limits.Engine.Share;

/**
 * The places that this replica has under one key. Any thread takes and leaves them; all else is the desk's. What is free
 * may be less than nothing: then calls are under way whose places were lost.
 */
final class Seats implements Account {

    /** Of its own time, a replica uses a thousandth less. */
    private static final long ERROR = 1_000;

    /** For so long nobody asks again who was refused. */
    private static final Duration REFUSED = Duration.ofMillis(10);

    /** Ticks without a place after which it may be forgotten. */
    private static final int FORGOTTEN = 3;

    private final String key;
    private final AtomicLong free = new AtomicLong();
    private volatile long capacity;
    private volatile long usableUntil = System.nanoTime();
    private final NoneLeft noneLeft = new NoneLeft(REFUSED);
    private long held;
    private long left = Long.MAX_VALUE;
    private int idle;

    Seats(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    boolean take(long wantedOf, long now) {
        return capacity == wantedOf && now - usableUntil < 0 && free.getAndUpdate(n -> n > 0 ? n - 1 : n) > 0;
    }

    void leave() {
        free.incrementAndGet();
    }

    boolean refuses(long now) {
        return noneLeft.holds(now);
    }

    /** Whether there is what others may want. */
    boolean hasNews() {
        return free.get() > 0;
    }

    @Override
    public void limit(long most) {
        if (capacity != most) {
            left = Long.MAX_VALUE;
        }
        capacity = most;
    }

    @Override
    public Need need(long now) {
        return new Need(now - usableUntil < 0 ? Math.max(0, free.get()) : 0, left);
    }

    /** What is not free any more can't be taken before the engine gives it to another. */
    Claim claim(Need need) {
        long most = need.kept();
        long before = free.getAndUpdate(n -> Math.min(n, most));
        held -= Math.max(0, before - most);
        return new Claim(key, capacity, held + Math.max(0, -before) + need.wanted());
    }

    /** @param sent when the engine was asked */
    void add(Share share, Claim claim, long sent, long nanos) {
        long now = System.nanoTime();
        left = claim.capacity() - share.taken();
        noneLeft.note(share.granted() >= claim.places(), now);
        usableUntil = sent + nanos - nanos / ERROR;
        free.addAndGet(share.granted() - held);
        held = share.granted();
    }

    /** Each second; whether the places are to be claimed again. */
    boolean tick() {
        idle = held == 0 && free.get() == 0 ? idle + 1 : 0;
        return held > 0;
    }

    boolean isForgotten() {
        return idle >= FORGOTTEN;
    }

    long held() {
        return held;
    }
}
