package io.gatehouse.api.activity;

import java.time.Duration;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.api.Current;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.servers.ServerLogs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/** The activity log of {@code /api/mcp/mcp_servers/{handle}}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/mcp/mcp_servers/{handle}")
@Tag(name = "Activity log")
public class ServerLogsResource {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final ServerLogs logs;
    private final Current current;

    @Inject
    ServerLogsResource(ServerLogs logs, Current current) {
        this.logs = logs;
        this.current = current;
    }

    @GET
    @Path("/logs")
    @Operation(operationId = "listMcpServerLogs", summary = "Search the activity log of an MCP server", description = "The newest first; pages stay stable while entries are added.")
    public Uni<LogEntries> list(@PathParam("handle") String handle, @BeanParam LogSearch search) {
        return logs.search(current.caller(), ServerKey.handle(handle), search.filter(), search.after(), search.size())
                .map(LogEntries::of);
    }

    @GET
    @Path("/logs/{id}")
    @Operation(operationId = "getMcpServerLog", summary = "Get an entry of the activity log")
    public Uni<ObjectNode> get(@PathParam("handle") String handle, @PathParam("id") String id) {
        return logs.find(current.caller(), ServerKey.handle(handle), id);
    }

    @GET
    @Watched
    @Path("/logs/tail")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(operationId = "tailMcpServerLogs", summary = "Watch the activity log of an MCP server", description = "Server-sent events, an entry each, of what is recorded from now on; ends after ten minutes.")
    public Multi<OutboundSseEvent> tail(@PathParam("handle") String handle, @Context Sse sse) {
        Multi<ObjectNode> entries = logs.watch(current.caller(), ServerKey.handle(handle));
        // A silent stream says now and then that it is there
        Multi<OutboundSseEvent> signs = Multi.createFrom().ticks().every(KEEP_ALIVE).onOverflow().drop()
                .map(tick -> sse.newEventBuilder().comment("keep-alive").build());
        Multi<OutboundSseEvent> told = entries.map(entry -> sse.newEventBuilder().id(entry.path("id").asText()).name("entry")
                .data(entry.toString()).build()).onCompletion().failWith(Over::new);
        return Multi.createBy().merging().streams(told, signs).onFailure(Over.class).recoverWithCompletion();
    }

    /** Ends the signs with the entries. */
    private static final class Over extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Over() {
            super(null, null, false, false);
        }
    }

    @GET
    @Path("/log_settings")
    @Operation(operationId = "getMcpServerLogSettings", summary = "Get how much the log of an MCP server tells")
    public Uni<RecordingBody> settings(@PathParam("handle") String handle) {
        return logs.recording(current.caller(), ServerKey.handle(handle)).map(RecordingBody::of);
    }

    @PUT
    @Path("/log_settings")
    @Operation(operationId = "updateMcpServerLogSettings", summary = "Change how much the log of an MCP server tells", description = "What is left out stays.")
    public Uni<RecordingBody> change(@PathParam("handle") String handle,
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = RecordingBody.class))) JsonNode body) {
        return logs.change(current.caller(), current.key(ServerKey.handle(handle)),
                present -> RecordingBody.merge(present, body)).map(RecordingBody::of);
    }
}
