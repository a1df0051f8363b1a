package io.gatehouse.api.celigo;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.api.Current;
import io.gatehouse.api.activity.LogTerms;
import io.gatehouse.journal.activity.LogFilter;
import io.gatehouse.journal.activity.LogPage;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.servers.ServerLogs;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /v1/mcpservers/{_id}/logs}, of which the vendor has published no shape. */
@Path("/v1/mcpservers/{_id}/logs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Activity log")
public class CeligoLogsResource {

    private static final LogTerms TERMS = new LogTerms((name, wanted) -> CeligoQuery.invalid(name + ": " + wanted));

    private final ServerLogs logs;
    private final Current current;
    private final ObjectMapper json;

    @Inject
    CeligoLogsResource(ServerLogs logs, Current current, ObjectMapper json) {
        this.logs = logs;
        this.current = current;
        this.json = json;
    }

    @GET
    @Operation(operationId = "searchMcpServerLogs", summary = "Search the activity log of an MCP server", description = "The newest first; follow the Link header for more, which stays good while entries are added. A page that has one may be short, for only so much is looked through at once.")
    @Parameter(name = "from", in = ParameterIn.QUERY, description = "Entries of this time and later ones: a time, or milliseconds since 1970")
    @Parameter(name = "to", in = ParameterIn.QUERY, description = "Entries before this time")
    @Parameter(name = "type", in = ParameterIn.QUERY, description = "tool_call, tool_list, prompt, discovery, stream, notification, other, gap; several are parted by commas")
    @Parameter(name = "level", in = ParameterIn.QUERY, description = "info, warning, error")
    @Parameter(name = "status", in = ParameterIn.QUERY, description = "success, tool_error, refused, abandoned, error, failed, withheld, interrupted, open, gap")
    @Parameter(name = "tool", in = ParameterIn.QUERY)
    @Parameter(name = "_byUserId", in = ParameterIn.QUERY, description = "Who called: the id of a user, or such as token:12")
    @Parameter(name = "requestId", in = ParameterIn.QUERY)
    @Parameter(name = "_jobId", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
    @Parameter(name = "data", in = ParameterIn.QUERY, description = "A field and its value: input.customer.id:42. Several must all hold", schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
    @Parameter(name = "q", in = ParameterIn.QUERY, description = "Text in the tool's name, the message, the input or the output, whatever its case")
    @Parameter(name = CeligoQuery.AFTER, in = ParameterIn.QUERY, description = "Where the page before says to go on")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "100"))
    @APIResponse(responseCode = "200", description = "The entries", content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.ARRAY, implementation = CeligoLogEntry.class)))
    @APIResponse(responseCode = "204", description = "There is no such entry")
    public Uni<Response> list(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @Context UriInfo uri) {
        CeligoQuery query = CeligoQuery.following(uri, LogTerms.MOST);
        return logs.search(current.caller(), ServerKey.objectId(id), filter(uri),
                TERMS.after(CeligoQuery.AFTER, CeligoQuery.single(uri, CeligoQuery.AFTER)), query.slice().limit())
                .map(page -> query.answer(entries(page), page.next() == null ? null : page.next().toString()));
    }

    private List<JsonNode> entries(LogPage page) {
        return page.entries().stream().map(entry -> json.<JsonNode> valueToTree(CeligoLogEntry.of(entry))).toList();
    }

    private static LogFilter filter(UriInfo uri) {
        return TERMS.ordered(new LogFilter(CeligoQuery.time(uri, "from"), CeligoQuery.time(uri, "to"),
                TERMS.types("type", CeligoQuery.text(uri, "type")), TERMS.levels("level", CeligoQuery.text(uri, "level")),
                TERMS.statuses("status", CeligoQuery.text(uri, "status")), CeligoQuery.text(uri, "tool"),
                CeligoQuery.byUser(uri), CeligoQuery.text(uri, "requestId"),
                TERMS.number("_jobId", CeligoQuery.text(uri, "_jobId"), Long.MAX_VALUE),
                TERMS.fields("data", uri.getQueryParameters().getOrDefault("data", List.of())),
                TERMS.text("q", CeligoQuery.single(uri, "q"))));
    }
}
