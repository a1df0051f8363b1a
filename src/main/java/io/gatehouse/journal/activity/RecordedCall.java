package io.gatehouse.journal.activity;

import java.time.Instant;

/** What the log tells of a call of a tool, as far as limits are concerned. */
public record RecordedCall(Instant start, Instant end, String tool, String caller, String name, String address) {
}
