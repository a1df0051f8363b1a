package io.gatehouse.api.activity;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

import io.gatehouse.api.workato.WorkatoInput;
import io.gatehouse.journal.activity.LogCursor;
import io.gatehouse.journal.activity.LogFilter;
import io.gatehouse.journal.activity.Status;
import io.gatehouse.kernel.Problem;
import jakarta.ws.rs.QueryParam;

/** The query of a search in the log. Lists of words are parted by commas. */
public class LogSearch {

    private static final Set<String> TYPES = Set.of("tool_call", "tool_list", "prompt", "discovery", "stream", "notification",
            "other", "gap");
    private static final Set<String> LEVELS = Set.of("info", "warning", "error");
    private static final Set<String> STATUSES = Stream.of(Status.values()).map(Status::word).collect(Collectors.toSet());
    private static final int MOST = 100;
    private static final int LONGEST = 500;
    private static final int MOST_FIELDS = 5;

    @QueryParam("from")
    @Parameter(description = "Not before, inclusive", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    String from;

    @QueryParam("to")
    @Parameter(description = "Before, exclusive", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    String to;

    @QueryParam("log_type")
    @Parameter(description = "tool_call, tool_list, prompt, discovery, stream, notification, other, gap")
    String type;

    @QueryParam("level")
    @Parameter(description = "info, warning, error")
    String level;

    @QueryParam("status")
    @Parameter(description = "success, tool_error, refused, abandoned, error, failed, interrupted, open, gap")
    String status;

    @QueryParam("tool")
    String tool;

    @QueryParam("user")
    @Parameter(description = "The id of who called, such as user:12")
    String user;

    @QueryParam("request_id")
    String requestId;

    @QueryParam("job_id")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
    String jobId;

    @QueryParam("data")
    @Parameter(description = "A field and its value: input.customer.id:42. Several must all hold")
    List<String> data;

    @QueryParam("q")
    @Parameter(description = "Text in the tool's name, the message, the input or the output, whatever its case")
    String text;

    @QueryParam("page[after]")
    @Parameter(description = "Where the page before says to go on")
    String after;

    @QueryParam("page[size]")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "100"))
    String size;

    /** @throws Problem that names the parameter */
    LogFilter filter() {
        Instant begin = WorkatoInput.optionalTime("from", from);
        Instant end = WorkatoInput.optionalTime("to", to);
        if (begin != null && end != null && !begin.isBefore(end)) {
            throw wrong("from", "before to");
        }
        return new LogFilter(begin, end, words("log_type", type, TYPES), words("level", level, LEVELS),
                words("status", status, STATUSES), bounded("tool", tool), bounded("user", user),
                bounded("request_id", requestId), number("job_id", jobId, Long.MAX_VALUE), data(), bounded("q", text));
    }

    LogCursor after() {
        LogCursor cursor = after == null ? null : LogCursor.parse(after);
        if (after != null && cursor == null) {
            throw wrong("page[after]", "what the page before says");
        }
        return cursor;
    }

    int size() {
        Long number = number("page[size]", size, MOST);
        return number == null ? MOST : number.intValue();
    }

    private Map<String, String> data() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : data) {
            int colon = field.indexOf(':');
            String path = colon < 0 ? "" : field.substring(0, colon);
            boolean isPath = (path.startsWith("input.") || path.startsWith("output.")) && !path.endsWith(".");
            if (!isPath || bounded("data", field) == null) {
                throw wrong("data", "input. or output., a path of names parted by dots, a colon and a value");
            }
            fields.put(path, field.substring(colon + 1));
        }
        if (fields.size() > MOST_FIELDS) {
            throw wrong("data", "at most " + MOST_FIELDS + " fields");
        }
        return fields;
    }

    private static List<String> words(String name, String text, Set<String> known) {
        List<String> words = text == null || text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        if (!known.containsAll(words)) {
            throw wrong(name, "of " + String.join(", ", new TreeSet<>(known)));
        }
        return words;
    }

    private static String bounded(String name, String text) {
        if (text != null && (text.length() > LONGEST || text.indexOf(0) >= 0)) {
            throw wrong(name, "at most " + LONGEST + " characters");
        }
        return text == null || text.isEmpty() ? null : text;
    }

    private static Long number(String name, String text, long most) {
        try {
            Long number = text == null ? null : Long.valueOf(text);
            if (number == null || number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a number out of bounds.
        }
        throw wrong(name, "a whole number from 1 to " + most);
    }

    private static Problem wrong(String name, String wanted) {
        return Problem.invalidField(name, "invalid_field_value", name + ": " + wanted);
    }
}
