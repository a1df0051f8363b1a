package io.gatehouse.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Compares what came with what was written down. In a text, {@code <any-...>} stands for whatever has that form, and
 * {@code {{name}}} for the variable of that name: a known one must be there, an unknown one is captured.
 */
final class Expectation {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}|<any(?:-([a-z-]+))?>");
    private static final Map<String, String> FORMS = Map.of("text", "[\\s\\S]+", "number", "-?\\d+(?:\\.\\d+)?", "id",
            "\\d+|[0-9a-f]{24}", "object-id", "[0-9a-f]{24}", "token", "[\\w.~-]{20,}", "timestamp",
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)");

    private final Map<String, String> variables;
    private final List<String> faults = new ArrayList<>();

    Expectation(Map<String, String> variables) {
        this.variables = variables;
    }

    List<String> faults() {
        return faults;
    }

    void text(String place, String expected, String actual) {
        List<String> captured = new ArrayList<>();
        Matcher matcher = Pattern.compile(regex(expected, captured)).matcher(actual);
        if (!matcher.matches()) {
            faults.add(place + ": expected " + expected + " but was " + actual);
            return;
        }
        for (int i = 0; i < captured.size(); i++) {
            variables.put(captured.get(i), matcher.group(i + 1));
        }
    }

    private String regex(String expected, List<String> captured) {
        StringBuilder regex = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(expected);
        int end = 0;
        while (placeholder.find()) {
            regex.append(Pattern.quote(expected.substring(end, placeholder.start())));
            regex.append(placeholder.group(1) == null ? form(placeholder.group(2))
                    : variable(placeholder.group(1), captured));
            end = placeholder.end();
        }
        return regex.append(Pattern.quote(expected.substring(end))).toString();
    }

    private static String form(String name) {
        String form = name == null ? "[\\s\\S]*" : FORMS.get(name);
        if (form == null) {
            throw new IllegalArgumentException("<any-" + name + "> is no form");
        }
        return "(?:" + form + ")";
    }

    private String variable(String name, List<String> captured) {
        String value = variables.get(name);
        if (value != null) {
            return Pattern.quote(value);
        }
        if (captured.contains(name)) {
            return "\\" + (captured.indexOf(name) + 1);
        }
        captured.add(name);
        return "([^/?&\\s]+)";
    }

    /** All members and no more, elements in order; a placeholder alone in a text stands for any type but a container. */
    void json(String place, JsonNode expected, JsonNode actual) {
        boolean wild = expected.isTextual() && PLACEHOLDER.matcher(expected.asText()).matches();
        if (wild && expected.asText().equals("<any>")) {
            return;
        }
        if (expected.isTextual() && (actual.isTextual() || wild && actual.isValueNode() && !actual.isNull())) {
            text(place, expected.asText(), actual.asText());
        } else if (expected.isObject() && actual.isObject()) {
            members(place, expected, actual);
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                json(place + "/" + i, expected.get(i), actual.get(i));
            }
        } else if (!expected.equals(actual)) {
            faults.add(place + ": expected " + expected + " but was " + actual);
        }
    }

    private void members(String place, JsonNode expected, JsonNode actual) {
        Set<String> names = new TreeSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        actual.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (!actual.has(name)) {
                faults.add(place + "/" + name + ": is missing");
            } else if (!expected.has(name)) {
                faults.add(place + "/" + name + ": is not expected: " + actual.get(name));
            } else {
                json(place + "/" + name, expected.get(name), actual.get(name));
            }
        }
    }
}
