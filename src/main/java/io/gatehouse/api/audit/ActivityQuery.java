package io.gatehouse.api.audit;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

import io.gatehouse.api.workato.WorkatoInput;
import io.gatehouse.journal.audit.AuditFilter;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import jakarta.ws.rs.QueryParam;

/** Which entries a request asks for. */
public class ActivityQuery {

    private static final int MOST = 100;
    private static final int LONGEST_WORD = 300;

    @QueryParam("page[after]")
    @Parameter(description = "The id of the last entry of the page before")
    String after;

    @QueryParam("page[size]")
    @Parameter(description = "Entries per page", schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "100"))
    String size;

    @QueryParam("from")
    @Parameter(description = "Entries of this time and later ones", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    String from;

    @QueryParam("to")
    @Parameter(description = "Entries before this time", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    String to;

    @QueryParam("users_ids[]")
    @Parameter(description = "Ids of users, or whoever else acted, such as client:12")
    List<String> users;

    @QueryParam("include_resource_types[]")
    @Parameter(description = "Types of things, such as mcp_server")
    List<String> types;

    @QueryParam("exclude_resource_types[]")
    @Parameter(description = "Types of things that do not matter")
    List<String> otherTypes;

    @QueryParam("include_event_types[]")
    @Parameter(description = "Events, such as mcp_server.renamed, or of any type, such as renamed")
    List<String> events;

    @QueryParam("exclude_event_types[]")
    @Parameter(description = "Events that do not matter")
    List<String> otherEvents;

    /** @throws Problem INVALID for what can't be read */
    AuditFilter filter() {
        Set<String> actors = new LinkedHashSet<>();
        Instant begin = WorkatoInput.optionalTime("from", empty(from));
        Instant end = WorkatoInput.optionalTime("to", empty(to));
        if (begin != null && end != null && begin.isAfter(end)) {
            throw Problem.invalidField("from", "invalid_field_value", "from: not after to");
        }
        words("users_ids[]", users).forEach(user -> actors.add(user.matches("\\d+") ? "user:" + user : user));
        return new AuditFilter(begin, end, actors, words("include_resource_types[]", types),
                words("exclude_resource_types[]", otherTypes),
                words("include_event_types[]", events), words("exclude_event_types[]", otherEvents), null, null);
    }

    /** The entry that the page follows, or null. */
    Long before() {
        return WorkatoInput.optionalLong("page[after]", after);
    }

    Page.Slice slice() {
        Long number = WorkatoInput.optionalLong("page[size]", size);
        if (number != null && (number < 1 || number > MOST)) {
            throw Problem.invalidField("page[size]", "invalid_field_value", "page[size]: a whole number from 1 to " + MOST);
        }
        return new Page.Slice(0, number == null ? MOST : number.intValue());
    }

    private static String empty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static Set<String> words(String name, List<String> values) {
        if (values != null && values.size() > MOST) {
            throw Problem.invalidField(name, "max", name + ": " + MOST + " at most");
        }
        Set<String> words = new LinkedHashSet<>();
        for (String value : values == null ? List.<String> of() : values) {
            words.add(Text.bounded(name, value, LONGEST_WORD));
        }
        return words;
    }
}
