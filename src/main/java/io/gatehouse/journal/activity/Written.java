package io.gatehouse.journal.activity;

import java.time.Instant;

/**
 * An entry that is ready to be stored, and what it takes to find it again.
 *
 * @param replaces whether an entry of the same id and time is there already
 * @param row as {@link CopyRows} writes it
 */
record Written(EntryId id, Instant at, long serverId, String status, boolean replaces, byte[] row) {
}
