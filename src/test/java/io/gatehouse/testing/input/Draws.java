package io.gatehouse.testing.input;

import java.util.List;
import java.util.Random;

import net.jqwik.api.Arbitrary;

/** Draws from arbitraries by one seed, so that a run can be repeated; wants an open session of jqwik. */
final class Draws {

    private static final int SIZE = 1_000;

    private final Random random;

    Draws(long seed) {
        this.random = new Random(seed);
    }

    /** A value, now and then one from the edge of what there is. */
    <T> T from(Arbitrary<T> arbitrary) {
        return arbitrary.generator(SIZE, true).next(random).value();
    }

    <T> T of(List<T> values) {
        return values.get(below(values.size()));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean percent(int chance) {
        return below(100) < chance;
    }
}
