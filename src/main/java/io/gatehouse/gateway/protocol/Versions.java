package io.gatehouse.gateway.protocol;

import java.util.List;
import java.util.regex.Pattern;

/** The revisions of MCP that are spoken, newest first. */
final class Versions {

    static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");
    static final List<String> MODERN = List.of("2026-07-28");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private Versions() {
    }

    /** Whether this names a revision of the era of per-request metadata, known or not. */
    static boolean isModern(String version) {
        return version != null && DATE.matcher(version).matches()
                && version.compareTo(MODERN.get(MODERN.size() - 1)) >= 0;
    }
}
