package io.gatehouse.api.activity;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gatehouse.journal.activity.LogCursor;
import io.gatehouse.journal.activity.LogFilter;
import io.gatehouse.journal.activity.Status;
import io.gatehouse.kernel.Problem;

/**
 * Reads what a search in the log asks for. Lists of words are parted by commas. Each dialect names its parameters itself, and
 * says in its own way which of them means nothing.
 */
public final class LogTerms {

    /** Of a page. */
    public static final int MOST = 100;

    private static final Set<String> TYPES = Set.of("tool_call", "tool_list", "prompt", "discovery", "stream", "notification",
            "other", "gap");
    private static final Set<String> LEVELS = Set.of("info", "warning", "error");
    private static final Set<String> STATUSES = Stream.of(Status.values()).map(Status::word).collect(Collectors.toSet());
    private static final int LONGEST = 500;
    private static final int MOST_FIELDS = 5;

    private final BiFunction<String, String, Problem> wrong;

    /** @param wrong makes a problem of the name of a parameter and of what is wanted of it */
    public LogTerms(BiFunction<String, String, Problem> wrong) {
        this.wrong = wrong;
    }

    public List<String> types(String name, String text) {
        return words(name, text, TYPES);
    }

    public List<String> levels(String name, String text) {
        return words(name, text, LEVELS);
    }

    public List<String> statuses(String name, String text) {
        return words(name, text, STATUSES);
    }

    /** @return null for none */
    public String text(String name, String text) {
        if (text != null && (text.length() > LONGEST || text.indexOf(0) >= 0)) {
            throw wrong.apply(name, "at most " + LONGEST + " characters, none of them NUL");
        }
        return text == null || text.isEmpty() ? null : text;
    }

    /** @return null for none */
    public Long number(String name, String text, long most) {
        try {
            Long number = text == null ? null : Long.valueOf(text);
            if (number == null || number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a number out of bounds.
        }
        throw wrong.apply(name, "a whole number from 1 to " + most);
    }

    /** What members are to be, by their paths. */
    public Map<String, String> fields(String name, List<String> wanted) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : wanted) {
            int colon = field.indexOf(':');
            String path = colon < 0 ? "" : field.substring(0, colon);
            boolean isPath = (path.startsWith("input.") || path.startsWith("output.")) && !path.endsWith(".");
            if (!isPath || text(name, field) == null) {
                throw wrong.apply(name, "input. or output., a path of names parted by dots, a colon and a value");
            }
            fields.put(path, field.substring(colon + 1));
        }
        if (fields.size() > MOST_FIELDS) {
            throw wrong.apply(name, "at most " + MOST_FIELDS + " fields");
        }
        return fields;
    }

    /** @return null for the beginning */
    public LogCursor after(String name, String text) {
        LogCursor cursor = text == null ? null : LogCursor.parse(text);
        if (text != null && cursor == null) {
            throw wrong.apply(name, "what the page before says");
        }
        return cursor;
    }

    /** @return the filter, where its end is behind its beginning */
    public LogFilter ordered(LogFilter filter) {
        Instant from = filter.from();
        if (from != null && filter.to() != null && !from.isBefore(filter.to())) {
            throw wrong.apply("from", "before to");
        }
        return filter;
    }

    private List<String> words(String name, String text, Set<String> known) {
        List<String> words = text == null || text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        if (!known.containsAll(words)) {
            throw wrong.apply(name, "of " + String.join(", ", new TreeSet<>(known)));
        }
        return words;
    }
}
