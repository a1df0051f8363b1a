package io.gatehouse.api.workato;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.kernel.Times;

/** Reads what stands as text in a URL, and what many bodies have. */
public final class WorkatoInput {

    private static final int MOST_AT_ONCE = 5_000;

    private static final int LONGEST_SEARCH = 300;

    private WorkatoInput() {
    }

    /** @return null when the text is absent or empty */
    public static Long optionalLong(String name, String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw Problem.invalidField(name, "invalid_field_value", name + ": a whole number is needed");
        }
    }

    static Boolean optionalBoolean(String name, String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw Problem.invalidField(name, "invalid_field_value", name + ": true or false is needed");
        }
        return Boolean.valueOf(text);
    }

    /** An id in a path; one that is no number names nothing. */
    public static long pathId(String what, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.notFound(what);
        }
    }

    /** A part of a name to look for; null for none. */
    static String search(String text) {
        return text == null || text.isEmpty() ? null : Text.bounded("search", text, LONGEST_SEARCH);
    }

    static long required(String name, Long value) {
        if (value == null) {
            throw Problem.invalidField(name, "missing_required_field", name + " is required");
        }
        return value;
    }

    /** Ids that a body names, each of which is one. */
    static List<Long> ids(String name, List<Long> values) {
        if (values == null) {
            throw Problem.invalidField(name, "missing_required_field", name + " is required");
        }
        if (values.size() > MOST_AT_ONCE) {
            throw Problem.invalidField(name, "max", name + ": " + MOST_AT_ONCE + " at once at most");
        }
        if (values.contains(null)) {
            String element = name + "." + values.indexOf(null);
            throw Problem.invalidField(element, "invalid_field_value", element + ": an id is needed");
        }
        return values;
    }

    /** A year has four digits (RFC 3339). @return null when the text is absent */
    public static Instant optionalTime(String name, String text) {
        try {
            Instant time = text == null ? null : OffsetDateTime.parse(text).toInstant();
            if (time == null || Times.isUsual(time)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        throw Problem.invalidField(name, "invalid_field_value",
                name + ": a time such as 2030-01-31T12:00:00Z is needed");
    }

    /** A body that is there at all. */
    public static <T> T body(T body) {
        if (body == null) {
            throw Problem.malformed("invalid_json", "A JSON object is needed as the body");
        }
        return body;
    }
}
