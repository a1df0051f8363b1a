package io.gatehouse.gateway.protocol;

import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** The revisions of MCP that are spoken, newest first. */
public final class Versions {

    public static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");
    public static final List<String> MODERN = List.of("2026-07-28");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private Versions() {
    }

    /**
     * The legacy revision that an initialize request asks for, or else the newest.
     *
     * @throws Fault when it asks for none
     */
    public static String agreed(Message initialize) {
        JsonNode asked = initialize.params().path("protocolVersion");
        if (!asked.isTextual()) {
            throw new Fault(200, Fault.INVALID_PARAMS, "protocolVersion must be a string");
        }
        return LEGACY.contains(asked.asText()) ? asked.asText() : LEGACY.get(0);
    }

    /** Whether this names a revision of the era of per-request metadata, known or not. */
    static boolean isModern(String version) {
        return version != null && version.compareTo(MODERN.get(MODERN.size() - 1)) >= 0
                && DATE.matcher(version).matches();
    }
}
