package io.gatehouse.api.workato;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.api.Current;
import io.gatehouse.kernel.Text;
import io.gatehouse.servers.AuthenticationMethod;
import io.gatehouse.servers.ServerFilter;
import io.gatehouse.servers.Servers;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

/** {@code /api/mcp/mcp_servers}. */
@Path("/api/mcp/mcp_servers")
@Tag(name = "MCP Servers")
public class WorkatoServersResource {

    private static final int LONGEST_SEARCH = 300;

    private final Servers servers;
    private final Current current;

    @Inject
    WorkatoServersResource(Servers servers, Current current) {
        this.servers = servers;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listMcpServers", summary = "List MCP servers", description = "The servers of the workspace, oldest first; with a search, exact names come first.")
    public Uni<WorkatoServer.Page> list(
            @QueryParam("project_id") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String projectId,
            @QueryParam("folder_id") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String folderId,
            @QueryParam("authentication_method") String authenticationMethod,
            @QueryParam("search") @Parameter(description = "A part of the name, in any case") String search,
            @QueryParam("vua_required") @Parameter(description = "Whether a tool needs verified user access", schema = @Schema(type = SchemaType.BOOLEAN)) String vuaRequired,
            @BeanParam WorkatoPaging paging) {
        AuthenticationMethod method = authenticationMethod == null || authenticationMethod.isEmpty()
                ? null
                : WorkatoServerMapper.method(authenticationMethod);
        if (method == null && authenticationMethod != null && !authenticationMethod.isEmpty()) {
            paging.slice();
            return Uni.createFrom().item(new WorkatoServer.Page(List.of(), false));
        }
        ServerFilter filter = new ServerFilter(WorkatoInput.optionalLong("project_id", projectId),
                WorkatoInput.optionalLong("folder_id", folderId), method,
                search == null || search.isEmpty() ? null : Text.bounded("search", search, LONGEST_SEARCH),
                WorkatoInput.optionalBoolean("vua_required", vuaRequired));
        return servers.list(current.caller(), filter, paging.slice()).map(page -> new WorkatoServer.Page(
                page.items().stream().map(WorkatoServerMapper::wire).toList(), page.more()));
    }

    @POST
    @Operation(operationId = "createMcpServer", summary = "Create an MCP server", description = "Makes a server without tools. With token access, mcp_url carries the token in this answer only.")
    public Uni<WorkatoServer> create(WorkatoServer.Input input) {
        return servers.create(current.caller(), WorkatoServerMapper.draft(input)).map(WorkatoServerMapper::wire);
    }

    @GET
    @Path("/{handle}")
    @Operation(operationId = "getMcpServer", summary = "Get an MCP server")
    public Uni<WorkatoServer> get(@PathParam("handle") String handle) {
        return servers.get(current.caller(), handle).map(WorkatoServerMapper::wire);
    }

    @POST
    @Path("/{handle}/token_renew")
    @Operation(operationId = "renewMcpServerToken", summary = "Renew the token of an MCP server", description = "Gives a fresh token. When this answers, every replica already refuses the old one.")
    public Uni<WorkatoServer.Token> renewToken(@PathParam("handle") String handle) {
        return servers.renewToken(current.caller(), handle).map(WorkatoServer.Token::new);
    }
}
