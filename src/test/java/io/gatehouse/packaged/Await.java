package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process comes to, and tells nobody of. */
final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Between two looks, for whoever is waited for needs the processor too. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {
    }

    /** @param otherwise what is wrong if it does not come to that within a minute */
    static void until(String otherwise, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, otherwise);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
