package io.gatehouse.kernel;

import java.time.Instant;

/** Rules for times that come from outside. */
public final class Times {

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Times() {
    }

    /** Whether the year is one of RFC 3339, which has four digits; the database knows few others. */
    public static boolean isUsual(Instant time) {
        return !time.isBefore(FIRST) && time.isBefore(END);
    }
}
