package io.gatehouse.journal.activity;

import java.time.Instant;

/**
 * An entry as it is stored: masked and bounded.
 *
 * @param input JSON, or null
 * @param output JSON or what text there was, or null
 */
record Row(Entry entry, Status status, String type, Long code, String message, Text input, Text output) {

    /** Without what was said. */
    static Row unread(Entry entry) {
        return new Row(entry, Status.FAILED, LogType.of(entry.question().method()), null, null, new Text(null, true),
                new Text(null, true));
    }

    Instant at() {
        return entry.at();
    }

    /** @param cut whether something is missing */
    record Text(String value, boolean cut) {

        static final Text NONE = new Text(null, false);
    }
}
