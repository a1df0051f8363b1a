package io.gatehouse.journal.activity;

import java.util.List;
import java.util.Locale;

/** What came of a call. */
public enum Status {
    SUCCESS("info"),
    /** Its answer is still being streamed. */
    OPEN("info"),
    /** The tool itself says that it failed. */
    TOOL_ERROR("warning"),
    /** A rule kept it from being carried out. */
    REFUSED("warning"),
    /** The client went before the answer was there. */
    ABANDONED("warning"),
    /** The answer is an error of JSON-RPC. */
    ERROR("error"),
    /** Gatehouse or the back end could not do it. */
    FAILED("error"),
    /** It was carried out, but could not be recorded in time, and the client got an error in place of the answer. */
    WITHHELD("error"),
    /** The replica died while it streamed the answer. */
    INTERRUPTED("error"),
    /** No call: some were not recorded, and this tells how many. */
    GAP("error");

    /** The least of them first. */
    static final List<String> LEVELS = List.of("info", "warning", "error");

    private final String level;
    private final String word = name().toLowerCase(Locale.ROOT);

    Status(String level) {
        this.level = level;
    }

    static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** {@code info}, {@code warning} or {@code error}. */
    public String level() {
        return level;
    }

    public String word() {
        return word;
    }
}
