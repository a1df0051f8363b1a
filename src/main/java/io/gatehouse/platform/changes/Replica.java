package io.gatehouse.platform.changes;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Singleton;

/**
 * This process among its peers. It sends itself a heartbeat on the channel of the notices, and trusts what it keeps in
 * memory only for a while after it sent the last one that it heard: having heard it, it has heard all notices that were
 * committed before. The heartbeat also renews the replica's row, which the others count on for longer, by the database's
 * clock.
 */
@Singleton
class Replica {

    static final Duration RENEWAL = Duration.ofSeconds(1);

    /** How long others wait for a silent replica. */
    static final Duration COUNTED = Duration.ofSeconds(5);

    /** How long a silent replica trusts itself. */
    private static final Duration TRUSTED = Duration.ofSeconds(4);
    private static final String HEARTBEAT = "~";

    private final UUID id = UUID.randomUUID();
    private volatile long trustedUntil = System.nanoTime();

    UUID id() {
        return id;
    }

    boolean isCurrent() {
        return System.nanoTime() - trustedUntil < 0;
    }

    /** How long ago a heartbeat should have been heard. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - trustedUntil);
    }

    /** A message to itself, with the time of its own clock. */
    String heartbeat() {
        return HEARTBEAT + id + ' ' + System.nanoTime();
    }

    /** Whether the message was a heartbeat, of whichever replica. */
    boolean heard(String message) {
        if (!message.startsWith(HEARTBEAT)) {
            return false;
        }
        String[] beat = message.substring(HEARTBEAT.length()).split(" ");
        if (beat[0].equals(id.toString())) {
            trustedUntil = Long.parseLong(beat[1]) + TRUSTED.toNanos();
        }
        return true;
    }

    /** From now on nothing kept is trusted, until the next heartbeat is heard. */
    void distrust() {
        trustedUntil = System.nanoTime();
    }
}
