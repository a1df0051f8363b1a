package io.gatehouse.journal.siem;

import java.time.Instant;

/**
 * An event that a destination has refused for good.
 *
 * @param event the entry, in JSON
 * @param again whether it is about to be tried again
 */
public record DeadLetter(long id, String eventId, String log, Instant at, String event, String reason, Instant refusedAt,
        boolean again) {
}
