package io.gatehouse.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what nobody tells of. */
public final class Await {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** Between two looks, for whoever is waited for needs the processor too. */
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final long LONGEST_TEST_SECONDS = 20;

    private Await() {
    }

    /** @param otherwise how it stands when it does not come about within a minute */
    public static void until(Callable<Boolean> isSo, Supplier<String> otherwise) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!isSo(isSo)) {
            if (System.nanoTime() > end) {
                fail(otherwise);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean isSo(Callable<Boolean> look) {
        try {
            return look.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Limits count anew with each minute, hour and month of UTC: waits until the present one outlasts a test. */
    public static void roomIn(ChronoUnit window) {
        until(() -> {
            ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
            return now.plusSeconds(LONGEST_TEST_SECONDS).truncatedTo(window).equals(now.truncatedTo(window));
        }, () -> "The time stands still");
    }
}
