package io.gatehouse.testing.conformance;

import java.util.Comparator;

/**
 * One thing that the suite looked at.
 *
 * @param occurrence from 1: a scenario may look at the same thing several times
 */
public record Check(String scenario, String id, int occurrence) implements Comparable<Check> {

    private static final Comparator<Check> ORDER = Comparator.comparing(Check::scenario).thenComparing(Check::id)
            .thenComparing(Check::occurrence);

    @Override
    public int compareTo(Check other) {
        return ORDER.compare(this, other);
    }

    /** {@code scenario:id}, and {@code #2} and so on where it comes again. */
    @Override
    public String toString() {
        return scenario + ":" + id + (occurrence == 1 ? "" : "#" + occurrence);
    }
}
