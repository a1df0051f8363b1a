package io.gatehouse.api.activity;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

import io.gatehouse.api.workato.WorkatoInput;
import io.gatehouse.journal.activity.LogCursor;
import io.gatehouse.journal.activity.LogFilter;
import io.gatehouse.kernel.Problem;
import jakarta.ws.rs.QueryParam;

/** The query of a search in the log. */
public class LogSearch {

    private static final LogTerms TERMS = new LogTerms(LogSearch::wrong);

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
    @Parameter(description = "success, tool_error, refused, abandoned, error, failed, withheld, interrupted, open, gap")
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
        return TERMS.ordered(new LogFilter(WorkatoInput.optionalTime("from", from), WorkatoInput.optionalTime("to", to),
                TERMS.types("log_type", type),
                TERMS.levels("level", level), TERMS.statuses("status", status), TERMS.text("tool", tool),
                TERMS.text("user", user), TERMS.text("request_id", requestId), TERMS.number("job_id", jobId, Long.MAX_VALUE),
                TERMS.fields("data", data), TERMS.text("q", text)));
    }

    LogCursor after() {
        return TERMS.after("page[after]", after);
    }

    int size() {
        Long number = TERMS.number("page[size]", size, LogTerms.MOST);
        return number == null ? LogTerms.MOST : number.intValue();
    }

    private static Problem wrong(String name, String wanted) {
        return Problem.invalidField(name, "invalid_field_value", name + ": " + wanted);
    }
}
