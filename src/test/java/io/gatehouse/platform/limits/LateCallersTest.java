package io.gatehouse.platform.limits;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.gatehouse.platform.limits.Engine.Claim;
import io.gatehouse.platform.limits.Engine.Grant;
import io.gatehouse.platform.limits.Engine.Share;

/** A thread that stood still between reading the time and looking here is told nothing that never was so. // P-14 */
class LateCallersTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final long earlier = System.nanoTime() - Duration.ofMillis(1).toNanos();

    @Test
    void isNotRefusedCallsBecauseOthersGotTheirs() {
        Stock stock = new Stock(9, 0);
        assertFalse(stock.refuses(earlier));
        stock.add(new Grant(1, 0, 8, 0, MINUTE), true, earlier);
        assertFalse(stock.refuses(earlier));

        stock.add(new Grant(0, 0, 0, 0, MINUTE), false, earlier);
        assertTrue(stock.refuses(earlier));
        stock.add(new Grant(1, 0, 0, 0, MINUTE), true, earlier);
        assertFalse(stock.refuses(earlier));
    }

    @Test
    void isNotRefusedAPlaceBecauseOthersGotTheirs() {
        Seats seats = new Seats("k");
        seats.limit(9);
        assertFalse(seats.refuses(earlier));
        seats.add(new Share(1, 1), new Claim("k", 9, 1), earlier, MINUTE);
        assertFalse(seats.refuses(earlier));

        seats.add(new Share(1, 9), new Claim("k", 9, 2), earlier, MINUTE);
        assertTrue(seats.refuses(earlier));
    }
}
