package io.gatehouse.testing;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Callable;

/** What must not take long, by the time of the processor: on a busy machine it may wait for that. */
public final class Quickly {

    /** After which it has no end. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Quickly() {
    }

    public static <T> T within(Duration most, Callable<T> work) {
        return assertTimeoutPreemptively(LONGEST, () -> {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            T result = work.call();
            Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
            assertTrue(took.compareTo(most) <= 0, () -> "It took " + took);
            return result;
        });
    }
}
