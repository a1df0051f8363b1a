package io.gatehouse.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what nobody tells of. */
public final class Await {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long PAUSE = Duration.ofMillis(1).toNanos();

    private Await() {
    }

    /** @param otherwise how it stands when it does not come about */
    public static void until(BooleanSupplier isSo, Supplier<String> otherwise) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail(otherwise);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }
}
