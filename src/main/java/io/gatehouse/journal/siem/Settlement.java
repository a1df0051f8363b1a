package io.gatehouse.journal.siem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What came of a batch, to be remembered at once.
 *
 * @param taken events of which nothing is left to do
 * @param refused with the reasons
 * @param retried how many are sent another time
 * @param failures in a row
 * @param pause how long the destination is left alone, or null
 * @param pendingSince the time of the oldest event that is not there yet; null for none
 * @param fault or null
 */
record Settlement(Progress progress, List<LogEvent> taken, Map<LogEvent, String> refused, boolean ofDeadLetters, int retried,
        int failures, Duration pause, Instant pendingSince, String fault) {

    private static final int MOST_KEPT = 1_000;

    Settlement {
        fault = fault == null || fault.length() <= MOST_KEPT ? fault : fault.substring(0, MOST_KEPT);
    }
}
