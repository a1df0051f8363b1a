package io.gatehouse.journal.activity;

import java.nio.charset.StandardCharsets;

/**
 * An entry as it is stored: masked and bounded.
 *
 * @param input JSON, or null
 * @param output JSON or what text there was, or null
 */
record Row(Entry entry, Status status, String type, Long code, String message, Text input, Text output) {

    /** Without what was said. */
    static Row unread(Entry entry) {
        return new Row(entry, Status.FAILED, LogType.of(entry.question().method()), null, null, Text.of(null, true),
                Text.of(null, true));
    }

    /**
     * A part of bytes in UTF-8.
     *
     * @param utf8 null for no text at all
     * @param cut whether something is missing
     * @param isAnswer whether it is a whole answer, of which the result is meant: who reads it looks for that
     */
    record Text(byte[] utf8, int from, int length, boolean cut, boolean isAnswer) {

        static final Text NONE = new Text(null, 0, 0, false, false);

        static Text answer(byte[] json) {
            return new Text(json, 0, json.length, false, true);
        }

        static Text of(String value, boolean cut) {
            if (value == null) {
                return new Text(null, 0, 0, cut, false);
            }
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            return new Text(utf8, 0, utf8.length, cut, false);
        }

        /** Null for no text at all. */
        String string() {
            return utf8 == null ? null : new String(utf8, from, length, StandardCharsets.UTF_8);
        }
    }
}
