package io.gatehouse.platform.limits;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A stretch of time in UTC, after which counting begins anew. */
public enum Window {
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    /** Of the calendar. */
    MONTH(ChronoUnit.MONTHS);

    private final ChronoUnit unit;
    private final String span = name().toLowerCase(Locale.ROOT);

    Window(ChronoUnit unit) {
        this.unit = unit;
    }

    public Instant start(Instant time) {
        ZonedDateTime here = time.atZone(ZoneOffset.UTC);
        return (this == MONTH ? here.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS) : here.truncatedTo(unit)).toInstant();
    }

    /** When the next one begins. */
    public Instant next(Instant time) {
        return start(time).atZone(ZoneOffset.UTC).plus(1, unit).toInstant();
    }

    /** Its name in engines. */
    String span() {
        return span;
    }
}
