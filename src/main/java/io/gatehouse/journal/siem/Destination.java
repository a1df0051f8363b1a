package io.gatehouse.journal.siem;

import java.time.Instant;
import java.util.Set;

/**
 * A destination as others see it, without its secrets.
 *
 * @param headers the names of those that are sent along
 * @param activity whether it gets the activity log
 * @param audit whether it gets the audit trail
 * @param level the lowest of the activity log that it gets
 */
public record Destination(long id, String name, DestinationKind kind, boolean enabled, Target target, boolean hasToken,
        boolean hasPassword, Set<String> headers, boolean activity, boolean audit, String level, Status status,
        Instant createdAt, Instant updatedAt) {

    /**
     * How a destination does.
     *
     * @param lagSeconds the age of the oldest entry that is not there yet, or 0
     * @param lagEntries how many are not there yet, of which no more than so many are counted
     * @param nextAttempt when it is tried again after a failure, or null
     * @param dead how many were refused for good
     * @param deadLetters those of them that are kept
     * @param dropped dead letters that had to make room
     * @param lost entries whose time was over before they were delivered
     */
    public record Status(double lagSeconds, long lagEntries, Instant lastSuccess, String lastError,
            Instant lastErrorAt, Instant nextAttempt, long delivered, long retried, long dead, long deadLetters, long dropped,
            long lost) {
    }
}
