package io.gatehouse.api.celigo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.api.Current;
import io.gatehouse.api.JsonFields;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Faults;
import io.gatehouse.upstreams.Registrations;
import io.gatehouse.upstreams.ToolWish;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** What {@code /v1/connections/{_id}} of type mcp has to offer: its tools as they are recorded. */
@Path("/v1/connections")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Connections")
public class CeligoConnectionToolsResource {

    private final Registrations connections;
    private final Current current;
    private final ObjectMapper json;

    @Inject
    CeligoConnectionToolsResource(Registrations connections, Current current, ObjectMapper json) {
        this.connections = connections;
        this.current = current;
        this.json = json;
    }

    @GET
    @Path("/{_id}/tools")
    @Operation(operationId = "listMcpConnectionTools", summary = "List the tools of a third-party MCP server", description = "As they are recorded, oldest first; follow the Link header for more.")
    @APIResponse(responseCode = "200", description = "The tools", content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.ARRAY, implementation = CeligoConnectionTool.class)))
    @APIResponse(responseCode = "204", description = "It has no tool")
    public Uni<Response> list(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @Context UriInfo uri) {
        CeligoQuery query = CeligoQuery.of(uri);
        Caller caller = current.caller();
        return connections.tools(caller, id, query.slice())
                .chain(page -> query.answer(page, tool -> json.valueToTree(CeligoConnectionTool.of(tool)),
                        () -> connections.tools(caller, id, CeligoQuery.FIRST)));
    }

    @GET
    @Path("/{_id}/tools/{_toolId}")
    @Operation(operationId = "getMcpConnectionTool", summary = "Get a tool of a third-party MCP server")
    public Uni<CeligoConnectionTool> get(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @PathParam("_toolId") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String toolId) {
        return connections.tool(current.caller(), id, toolId).map(CeligoConnectionTool::of);
    }

    @PUT
    @Path("/{_id}/tools/{_toolId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateMcpConnectionTool", summary = "Rename or describe a tool of a third-party MCP server, or switch it on or off", description = "On every MCP server that stands for the connection. What the request leaves out goes back to what the third-party server has.")
    public Uni<CeligoConnectionTool> replace(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @PathParam("_toolId") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String toolId,
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoConnectionTool.Request.class))) JsonNode body) {
        Faults faults = new Faults();
        JsonFields tool = JsonFields.of(body, faults);
        ToolWish wish = new ToolWish(orOwn(tool.text("name")), orOwn(tool.text("description")),
                !tool.flag("disabled", false));
        faults.raise();
        return connections.changeTool(current.caller(), id, toolId, wish).map(CeligoConnectionTool::of);
    }

    private static String orOwn(String text) {
        return text == null ? "" : text;
    }

    @GET
    @Path("/{_id}/toolChanges")
    @Operation(operationId = "listMcpConnectionToolChanges", summary = "List what a third-party MCP server has changed", description = "Tools that are new, changed or gone since they were approved, the latest last. Under the policy withhold agents do not get them; a name that is easily taken for another one is never served unapproved.")
    @APIResponse(responseCode = "200", description = "The changes", content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.ARRAY, implementation = CeligoConnectionTool.Change.class)))
    @APIResponse(responseCode = "204", description = "All its tools are as they were approved")
    public Uni<Response> changes(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @Context UriInfo uri) {
        CeligoQuery query = CeligoQuery.of(uri);
        Caller caller = current.caller();
        return connections.toolChanges(caller, id, query.slice())
                .chain(page -> query.answer(page, change -> json.valueToTree(CeligoConnectionTool.Change.of(change)),
                        () -> connections.toolChanges(caller, id, CeligoQuery.FIRST)));
    }

    @POST
    @Path("/{_id}/tools/{_toolId}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "approveMcpConnectionTool", summary = "Approve a tool as it is now", description = "Names by its digest what is approved; where the third-party server has changed it again meanwhile, nothing is. A tool that is gone is forgotten.")
    @ResponseStatus(204)
    public Uni<Void> approve(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @PathParam("_toolId") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String toolId,
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoConnectionTool.Approval.class))) JsonNode body) {
        Faults faults = new Faults();
        String digest = JsonFields.of(body, faults).text("digest");
        faults.raise();
        return connections.approveTool(current.caller(), id, toolId, digest);
    }
}
