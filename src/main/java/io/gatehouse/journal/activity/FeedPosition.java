package io.gatehouse.journal.activity;

import java.time.Instant;
import java.util.UUID;

/**
 * How far a reader of the {@link Feed} is.
 *
 * @param transaction which it has read, or is reading
 * @param id of the entry in it that it read last
 * @param at about when that was committed
 */
public record FeedPosition(long transaction, UUID id, Instant at) {

    /** Behind all entries of a transaction. */
    static final UUID END = new UUID(-1, -1);
}
