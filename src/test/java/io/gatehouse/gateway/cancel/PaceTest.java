package io.gatehouse.gateway.cancel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** How much is passed on. */
class PaceTest {

    private long now = 7;
    private final Pace pace = new Pace(() -> now);

    private long allowed(String caller, int wishes) {
        return IntStream.range(0, wishes).filter(wish -> pace.allows(caller)).count();
    }

    @Test
    void boundsWhatOneCallerAndAllTogetherPassOn() {
        assertEquals(50, allowed("one", 60));
        assertEquals(150, IntStream.range(0, 200).mapToLong(caller -> allowed("other " + caller, 1)).sum());
        assertEquals(0, allowed("last", 1));

        now += 999_999_999;
        assertEquals(0, allowed("last", 1));
        now++;
        assertEquals(50, allowed("one", 60));
    }
}
