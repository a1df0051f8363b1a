package io.gatehouse.api.workato;

import io.gatehouse.kernel.Problem;

/** Reads what stands as text in a URL. */
final class WorkatoInput {

    private WorkatoInput() {
    }

    /** @return null when the text is absent or empty */
    static Long optionalLong(String name, String text) {
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
    static long pathId(String what, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.notFound(what);
        }
    }

    static long required(String name, Long value) {
        if (value == null) {
            throw Problem.invalidField(name, "missing_required_field", name + " is required");
        }
        return value;
    }

    /** A body that is there at all. */
    static <T> T body(T body) {
        if (body == null) {
            throw Problem.malformed("invalid_json", "A JSON object is needed as the body");
        }
        return body;
    }
}
