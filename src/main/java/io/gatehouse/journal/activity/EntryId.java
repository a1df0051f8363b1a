package io.gatehouse.journal.activity;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The id of an entry: a UUID of version 7 (RFC 9562), so that it leads to the time, and is no secret. */
public record EntryId(long high, long low) implements Comparable<EntryId> {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int RANDOM_HIGH = 0xFFF;
    private static final int TIME_SHIFT = 16;

    /** A new one, of this time. */
    public static EntryId at(Instant at) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new EntryId(at.toEpochMilli() << TIME_SHIFT | VERSION | random.nextInt() & RANDOM_HIGH,
                random.nextLong() >>> 2 | VARIANT);
    }

    /** @return null for what is none */
    public static EntryId parse(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.version() == 7 ? of(id) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** To the millisecond. */
    public Instant time() {
        return Instant.ofEpochMilli(high >>> TIME_SHIFT);
    }

    static EntryId of(UUID id) {
        return new EntryId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    public UUID toUuid() {
        return new UUID(high, low);
    }

    /** As the database compares. */
    @Override
    public int compareTo(EntryId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh == 0 ? Long.compareUnsigned(low, other.low) : byHigh;
    }

    @Override
    public String toString() {
        return toUuid().toString();
    }
}
