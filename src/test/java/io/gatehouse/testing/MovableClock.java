package io.gatehouse.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** The time of the system, and of whichever day or moment a test needs; a test that moves it brings it back. */
@Alternative
@Priority(1)
@Singleton
public class MovableClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;
    private volatile Instant moment;

    /** Does the work in the future, by this much. */
    public synchronized void ahead(Duration by, Runnable work) {
        ahead = by;
        try {
            work.run();
        } finally {
            ahead = Duration.ZERO;
        }
    }

    /** Does the work at this moment, however long it takes: the time stands still. */
    public synchronized <T> T at(Instant when, Supplier<T> work) {
        moment = when;
        try {
            return work.get();
        } finally {
            moment = null;
        }
    }

    public void at(Instant when, Runnable work) {
        at(when, () -> {
            work.run();
            return null;
        });
    }

    @Override
    public Instant instant() {
        Instant still = moment;
        return (still == null ? Instant.now().plus(ahead) : still).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
