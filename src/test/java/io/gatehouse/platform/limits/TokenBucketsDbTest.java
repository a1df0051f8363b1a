package io.gatehouse.platform.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.limits.TokenBuckets.Size;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;

/** The time passes by moving a bucket's own time back. */
@QuarkusTest
class TokenBucketsDbTest {

    private static final Size PER_MINUTE = new Size(60, 60, Duration.ofMinutes(1));
    private static final Size BURST = new Size(10, 3, Duration.ofHours(1));

    private final String key = "test:" + UUID.randomUUID();

    @Inject
    TokenBuckets buckets;

    @Inject
    AgroalDataSource database;

    private boolean takes(Size size) {
        try {
            VertxContextSupport.subscribeAndAwait(() -> buckets.take(key, size));
            return true;
        } catch (Problem limited) {
            assertEquals(Problem.Kind.LIMITED, limited.kind());
            return false;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private long taken(Size size, int tries) {
        return IntStream.range(0, tries).filter(i -> takes(size)).count();
    }

    private void pass(Duration time) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection
                        .prepareStatement("update token_bucket set since = since - make_interval(secs => ?) where key = ?")) {
            update.setDouble(1, time.toSeconds());
            update.setString(2, key);
            assertEquals(1, update.executeUpdate());
        }
    }

    // W-6, D-15
    @Test
    void letsSixtyThroughInAMinuteAndSixtyInTheNext() throws Exception {
        assertEquals(60, taken(PER_MINUTE, 100));
        pass(Duration.ofSeconds(50));
        assertEquals(0, taken(PER_MINUTE, 10));
        pass(Duration.ofSeconds(10));
        assertEquals(60, taken(PER_MINUTE, 100));
    }

    @Test
    void saysHowLongToWait() throws Exception {
        long began = System.nanoTime();
        taken(PER_MINUTE, 60);
        pass(Duration.ofSeconds(40));

        Problem limited = assertThrows(Problem.class,
                () -> VertxContextSupport.subscribeAndAwait(() -> buckets.take(key, PER_MINUTE)));

        Duration passed = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(limited.retryAfter().compareTo(Duration.ofSeconds(20)) <= 0, limited::toString);
        assertTrue(limited.retryAfter().compareTo(Duration.ofSeconds(20).minus(passed)) >= 0, limited::toString);
    }

    // C-8, D-15
    @Test
    void refillsABurstStepByStepAndNeverBeyond() throws Exception {
        assertEquals(10, taken(BURST, 20));
        pass(Duration.ofHours(2));
        assertEquals(6, taken(BURST, 20));
        pass(Duration.ofHours(100));
        assertEquals(10, taken(BURST, 20));
    }

    @Test
    void countsExactlyWhenManyComeAtOnce() {
        long through = IntStream.range(0, 100).parallel().filter(i -> takes(PER_MINUTE)).count();

        assertEquals(60, through);
    }

    @Test
    void knowsNoLimitOfZero() {
        assertEquals(500, taken(new Size(0, 0, Duration.ofSeconds(1)), 500));
    }
}
