package io.gatehouse.kernel;

import java.util.regex.Pattern;

/** Rules for texts that people and machines give to things. */
public final class Text {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private Text() {
    }

    /** Whether this can be the name of an HTTP header or of a cookie (RFC 9110, section 5.6.2). */
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /**
     * The given name, trimmed.
     *
     * @throws Problem INVALID when it is missing, blank, longer than {@code maximum} characters or holds a control
     *         character or half of a surrogate pair
     */
    public static String required(String field, String value, int maximum) {
        if (value == null || value.isBlank()) {
            throw Problem.invalidField(field, "missing_required_field", field + " is required");
        }
        return bounded(field, value.strip(), maximum);
    }

    /** The same for a text that may be absent, which stays null, or empty. */
    public static String bounded(String field, String value, int maximum) {
        if (value != null && value.codePointCount(0, value.length()) > maximum) {
            throw Problem.invalidField(field, "maxlength", field + " may have " + maximum + " characters at most");
        }
        if (value != null && value.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r')) {
            throw Problem.invalidField(field, "invalid_field_value", field + " has a control character");
        }
        if (value != null && value.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw Problem.invalidField(field, "invalid_field_value", field + " has half of a surrogate pair");
        }
        return value;
    }
}
