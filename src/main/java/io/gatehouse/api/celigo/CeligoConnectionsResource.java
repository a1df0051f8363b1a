package io.gatehouse.api.celigo;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.upstreams.Registrations;
import io.gatehouse.upstreams.Registrations.Dependent;
import io.gatehouse.upstreams.UpstreamDraft;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /v1/connections}, of which there are those of type mcp. */
@Path("/v1/connections")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Connections")
public class CeligoConnectionsResource {

    private final Registrations connections;
    private final Current current;
    private final ObjectMapper json;

    @Inject
    CeligoConnectionsResource(Registrations connections, Current current, ObjectMapper json) {
        this.connections = connections;
        this.current = current;
        this.json = json;
    }

    @GET
    @Operation(operationId = "listMcpConnections", summary = "List connections to third-party MCP servers", description = "Oldest first; follow the Link header for more.")
    @APIResponse(responseCode = "200", description = "The connections", content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.ARRAY, implementation = CeligoConnection.class)))
    @APIResponse(responseCode = "204", description = "The account has no connection of type mcp")
    public Uni<Response> list(@Context UriInfo uri) {
        CeligoQuery query = CeligoQuery.of(uri);
        return connections.list(current.caller(), query.slice())
                .chain(page -> query.answer(page, remote -> json.valueToTree(CeligoConnectionMapper.wire(remote)),
                        () -> connections.list(current.caller(), CeligoQuery.FIRST)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createMcpConnection", summary = "Connect to a third-party MCP server", description = "It is asked for its tools at once, and must answer. An MCP server that names the connection stands for it.")
    @APIResponse(responseCode = "201", description = "The new connection", content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoConnection.class)))
    public Uni<Response> create(
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoConnection.Request.class))) JsonNode body) {
        return connections.create(current.caller(), ConnectionReader.read(body, null))
                .onFailure(Problem.class).transform(CeligoConnectionMapper::inOwnWords)
                .map(CeligoConnectionMapper::wire)
                .map(made -> Response.created(URI.create("/v1/connections/" + made.id())).entity(made).build());
    }

    @GET
    @Path("/{_id}")
    @Operation(operationId = "getMcpConnectionById", summary = "Get a connection to a third-party MCP server")
    public Uni<CeligoConnection> get(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        return connections.get(current.caller(), id).map(CeligoConnectionMapper::wire);
    }

    @PUT
    @Path("/{_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateMcpConnection", summary = "Replace a connection to a third-party MCP server", description = "What the request leaves out goes back to what is usual; secrets that are masked or left out stay. Another place or credential is tried first. When the answer comes, every replica uses the connection as it is now.")
    public Uni<CeligoConnection> replace(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoConnection.Request.class))) JsonNode body) {
        Caller caller = current.caller();
        caller.require(Permission.EDIT_CONNECTIONS);
        return connections.get(caller, id)
                .chain(present -> connections.change(caller, id, ConnectionReader.read(body, present.scheme())))
                .onFailure(Problem.class).transform(CeligoConnectionMapper::inOwnWords)
                .map(CeligoConnectionMapper::wire);
    }

    @PATCH
    @Path("/{_id}")
    @Consumes({ MediaType.APPLICATION_JSON, "application/json-patch+json" })
    @Operation(operationId = "patchMcpConnection", summary = "Rename a connection to a third-party MCP server", description = "A JSON Patch that replaces /name.")
    @APIResponse(responseCode = "204", description = "Done")
    public Uni<Void> patch(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoPatch.class))) JsonNode body) {
        Caller caller = current.caller();
        caller.require(Permission.EDIT_CONNECTIONS);
        return connections.get(caller, id).chain(() -> connections.change(caller, id, renamed(body))).replaceWithVoid();
    }

    private static UpstreamDraft renamed(JsonNode body) {
        Faults faults = new Faults();
        UpstreamDraft draft = new UpstreamDraft(null, PatchReader.name(body, faults), null, null, null, null, null);
        faults.gather(() -> draft.check(false));
        faults.raise();
        return draft;
    }

    @DELETE
    @Path("/{_id}")
    @Operation(operationId = "deleteMcpConnection", summary = "Delete a connection to a third-party MCP server", description = "Not while an MCP server stands for it, be it in the recycle bin.")
    @ResponseStatus(204)
    public Uni<Void> delete(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        return connections.delete(current.caller(), id);
    }

    @POST
    @Path("/{_id}/ping")
    @Operation(operationId = "pingMcpConnection", summary = "See whether a third-party MCP server answers", description = "Its state and its tools are recorded as they are found.")
    public Uni<CeligoConnection.Ping> ping(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        return connections.check(current.caller(), id).map(CeligoConnectionMapper::ping);
    }

    @GET
    @Path("/{_id}/dependencies")
    @Operation(operationId = "listMcpConnectionDependencies", summary = "List what depends on a connection", description = "The MCP servers that stand for it or have tools of it; empty where there is none, or no such connection.")
    @APIResponse(responseCode = "200", description = "What depends on it", content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoDependency.ByType.class)))
    public Uni<Map<String, List<CeligoDependency>>> dependencies(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        Caller caller = current.caller();
        return connections.standIns(caller, id).chain(standIns -> connections.takers(caller, id).map(takers -> {
            List<CeligoDependency> servers = Stream.concat(
                    entries(caller, standIns, "_connectionId", id), entries(caller, takers, "tools", id)).toList();
            return servers.isEmpty() ? Map.of() : Map.of("mcpservers", servers);
        }));
    }

    private static Stream<CeligoDependency> entries(Caller caller, List<Dependent> servers, String path, String id) {
        String accessLevel = caller.permissions().contains(Permission.EDIT_SERVERS) ? "manage" : "monitor";
        return servers.stream().filter(one -> caller.sees(one.projectId()) && !one.deleted())
                .map(one -> new CeligoDependency(one.objectId(), one.name(), List.of(path), accessLevel,
                        Map.of("connections", List.of(id))));
    }
}
