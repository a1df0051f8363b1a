package io.gatehouse.api.celigo;

import java.net.URI;
import java.util.List;
import java.util.Map;

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
import io.gatehouse.api.EntityTags;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Permission;
import io.gatehouse.servers.RecycleBin;
import io.gatehouse.servers.ServerDefinition;
import io.gatehouse.servers.ServerDefinitions;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.servers.ServerTokens;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /v1/mcpservers}. */
@Path("/v1/mcpservers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "MCP Servers")
public class CeligoServersResource {

    private final ServerDefinitions servers;
    private final RecycleBin bin;
    private final ServerTokens tokens;
    private final Current current;
    private final ObjectMapper json;

    @Inject
    CeligoServersResource(ServerDefinitions servers, RecycleBin bin, ServerTokens tokens, Current current,
            ObjectMapper json) {
        this.servers = servers;
        this.bin = bin;
        this.tokens = tokens;
        this.current = current;
        this.json = json;
    }

    @GET
    @Operation(operationId = "listMcpServers", summary = "List MCP servers", description = "All servers of the account, oldest first; follow the Link header for more.")
    @APIResponse(responseCode = "200", description = "The servers", content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.ARRAY, implementation = CeligoServer.class)))
    @APIResponse(responseCode = "204", description = "The account has no server")
    public Uni<Response> list(@Context UriInfo uri) {
        CeligoQuery query = CeligoQuery.of(uri);
        return servers.list(current.caller(), query.slice())
                .chain(page -> query.answer(page, server -> json.valueToTree(CeligoServerMapper.wire(server)),
                        () -> servers.list(current.caller(), CeligoQuery.FIRST)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createMcpServer", summary = "Create an MCP server", description = "Everything that is wrong with the request is told in one answer.")
    @APIResponse(responseCode = "201", description = "The new server", content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoServer.class)))
    public Uni<Response> create(
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoServer.Request.class))) JsonNode body) {
        Faults faults = new Faults();
        return servers.create(current.caller(), DraftReader.read(body, faults), faults)
                .map(created -> tagged(Response.created(
                        URI.create("/v1/mcpservers/" + created.server().objectId())), created));
    }

    @GET
    @Path("/{_id}")
    @Operation(operationId = "getMcpServerById", summary = "Get an MCP server")
    @APIResponse(responseCode = "200", description = "The server", content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoServer.class)))
    public Uni<Response> get(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        return servers.get(current.caller(), ServerKey.objectId(id)).map(server -> tagged(Response.ok(), server));
    }

    @PUT
    @Path("/{_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateMcpServer", summary = "Replace an MCP server", description = "What the request leaves out is removed; what this API can't say of a server stays.")
    @APIResponse(responseCode = "200", description = "The server", content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoServer.class)))
    public Uni<Response> replace(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoServer.Request.class))) JsonNode body) {
        ServerKey key = current.key(ServerKey.objectId(id));
        Faults faults = new Faults();
        return servers.replace(current.caller(), key, DraftReader.read(body, faults), faults)
                .map(server -> tagged(Response.ok(), server));
    }

    @PATCH
    @Path("/{_id}")
    @Consumes({ MediaType.APPLICATION_JSON, "application/json-patch+json" })
    @Operation(operationId = "patchMcpServer", summary = "Rename an MCP server, or switch it on or off", description = "A JSON Patch that replaces /name and /disabled; all of it or nothing.")
    @APIResponse(responseCode = "204", description = "Done")
    public Uni<Void> patch(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoPatch.class))) JsonNode body) {
        ServerKey key = current.key(ServerKey.objectId(id));
        Faults faults = new Faults();
        return servers.patch(current.caller(), key, PatchReader.read(body, faults), faults);
    }

    @DELETE
    @Path("/{_id}")
    @Operation(operationId = "deleteMcpServer", summary = "Delete an MCP server", description = "It stops at once and can be restored from the recycle bin for 30 days.")
    @ResponseStatus(204)
    public Uni<Void> delete(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        return bin.discard(current.caller(), current.key(ServerKey.objectId(id)));
    }

    @GET
    @Path("/{_id}/dependencies")
    @Operation(operationId = "listMcpServerDependencies", summary = "List what depends on an MCP server", description = "By type; empty where nothing depends on it, or there is no such server.")
    @APIResponse(responseCode = "200", description = "What depends on it", content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoDependency.ByType.class)))
    public Uni<Map<String, List<CeligoDependency>>> dependencies(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        String accessLevel = current.caller().permissions().contains(Permission.MANAGE_SERVER_TOKENS) ? "manage" : "monitor";
        return tokens.opening(current.caller(), ServerKey.objectId(id)).map(list -> list.isEmpty() ? Map.of()
                : Map.of("accesstokens", list.stream().map(token -> new CeligoDependency(token.objectId(), token.name(),
                        List.of("_mcpServerIds"), accessLevel, Map.of("mcpservers", List.of(id)))).toList()));
    }

    private static Response tagged(Response.ResponseBuilder response, ServerDefinition definition) {
        return response.entity(CeligoServerMapper.wire(definition))
                .header(HttpHeaders.ETAG, EntityTags.of(definition.server().version())).build();
    }
}
