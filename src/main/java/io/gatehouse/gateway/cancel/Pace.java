package io.gatehouse.gateway.cancel;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How much may be passed on to all replicas in a second: of one caller, and in all. */
final class Pace {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int MOST = 200;
    private static final int MOST_OF_ONE = 50;

    private final LongSupplier nanoTime;
    private final Map<String, Integer> counts = new HashMap<>();
    private long began;
    private int all;

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    synchronized boolean allows(String caller) {
        long now = nanoTime.getAsLong();
        if (now - began >= SECOND) {
            began = now;
            all = 0;
            counts.clear();
        }
        if (all >= MOST || counts.merge(caller, 1, Integer::sum) > MOST_OF_ONE) {
            return false;
        }
        all++;
        return true;
    }
}
