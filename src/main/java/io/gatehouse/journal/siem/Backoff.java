package io.gatehouse.journal.siem;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a destination that fails is left alone: twice as long each time, and not at the same time as all others. */
record Backoff(Duration shortest, Duration longest) {

    private static final int MOST_DOUBLINGS = 20;
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);

    /**
     * @param failures before this one
     * @param asked for by the destination, or null
     */
    Duration after(int failures, Duration asked) {
        long most = Math.min(longest.toMillis(), shortest.toMillis() << Math.min(failures, MOST_DOUBLINGS));
        Duration own = Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
        if (asked == null || asked.compareTo(own) < 0) {
            return own;
        }
        return asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
    }
}
