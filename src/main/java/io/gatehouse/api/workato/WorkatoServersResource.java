package io.gatehouse.api.workato;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import io.gatehouse.api.Current;
import io.gatehouse.api.EntityTags;
import io.gatehouse.servers.AuthenticationMethod;
import io.gatehouse.servers.CreatedServer;
import io.gatehouse.servers.NewServer;
import io.gatehouse.servers.ProxyServers;
import io.gatehouse.servers.Server;
import io.gatehouse.servers.ServerChange;
import io.gatehouse.servers.ServerFilter;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.servers.Servers;
import io.gatehouse.upstreams.Registration;
import io.gatehouse.upstreams.Upstreams;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/mcp/mcp_servers}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/mcp/mcp_servers")
@Tag(name = "MCP Servers")
public class WorkatoServersResource {

    private final Servers servers;
    private final ProxyServers proxies;
    private final Upstreams upstreams;
    private final Current current;

    @Inject
    WorkatoServersResource(Servers servers, ProxyServers proxies, Upstreams upstreams, Current current) {
        this.servers = servers;
        this.proxies = proxies;
        this.upstreams = upstreams;
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
            @BeanParam WorkatoView view, @BeanParam WorkatoPaging paging) {
        boolean full = view.isFull();
        AuthenticationMethod method = authenticationMethod == null || authenticationMethod.isEmpty()
                ? null
                : WorkatoServerMapper.method(authenticationMethod);
        if (method == null && authenticationMethod != null && !authenticationMethod.isEmpty()) {
            paging.slice();
            return Uni.createFrom().item(new WorkatoServer.Page(List.of(), false));
        }
        ServerFilter filter = new ServerFilter(WorkatoInput.optionalLong("project_id", projectId),
                WorkatoInput.optionalLong("folder_id", folderId), method,
                WorkatoInput.search(search),
                WorkatoInput.optionalBoolean("vua_required", vuaRequired));
        return servers.list(current.caller(), filter, paging.slice()).chain(page -> remotes(page.items(), full)
                .map(remotes -> new WorkatoServer.Page(page.items().stream()
                        .map(server -> WorkatoServerMapper.wire(server, full, remotes)).toList(),
                        page.more())));
    }

    @POST
    @Operation(operationId = "createMcpServer", summary = "Create an MCP server", description = "Makes a server without tools, or, with server_type proxy, one that stands for a third-party MCP server, which is asked for its tools first. With token access, mcp_url carries the token in this answer only.")
    public Uni<RestResponse<WorkatoServer>> create(@BeanParam WorkatoView view, WorkatoServer.Input input) {
        boolean full = view.isFull();
        return create(WorkatoServerMapper.draft(input), input)
                .chain(created -> remotes(List.of(created.server()), full).map(remotes -> tagged(created.server(),
                        WorkatoServerMapper.wire(created, full, remotes))));
    }

    private Uni<CreatedServer> create(NewServer draft, WorkatoServer.Input input) {
        if (!WorkatoRemoteMapper.isProxy(input)) {
            return servers.create(current.caller(), draft);
        }
        String shared = WorkatoRemoteMapper.shared(input.remote());
        return shared != null ? proxies.share(current.caller(), draft, shared)
                : proxies.create(current.caller(), draft, WorkatoRemoteMapper.draft(input.remote()));
    }

    @GET
    @Path("/{handle}")
    @Operation(operationId = "getMcpServer", summary = "Get an MCP server")
    public Uni<RestResponse<WorkatoServer>> get(@PathParam("handle") String handle, @BeanParam WorkatoView view) {
        boolean full = view.isFull();
        return servers.get(current.caller(), ServerKey.handle(handle)).chain(server -> tagged(server, full));
    }

    @PUT
    @Path("/{handle}")
    @Operation(operationId = "updateMcpServer", summary = "Update an MCP server", description = "Changes name, folder, description, authentication method and what a proxy server stands for. A server that is no longer accessed by tokens loses its tokens at once.")
    public Uni<RestResponse<WorkatoServer>> update(@PathParam("handle") String handle, @BeanParam WorkatoView view,
            WorkatoServer.Input input) {
        boolean full = view.isFull();
        ServerKey key = current.key(ServerKey.handle(handle));
        ServerChange change = WorkatoServerMapper.change(input);
        return (input.remote() == null ? servers.update(current.caller(), key, change)
                : proxies.update(current.caller(), key, change, WorkatoRemoteMapper.draft(input.remote())))
                .chain(server -> tagged(server, full));
    }

    @DELETE
    @Path("/{handle}")
    @Operation(operationId = "deleteMcpServer", summary = "Delete an MCP server", description = "Removes the server for good, with its tokens, policies and links; what was recorded of it stays.")
    public Uni<WorkatoSuccess> delete(@PathParam("handle") String handle) {
        return servers.delete(current.caller(), current.key(ServerKey.handle(handle)))
                .replaceWith(new WorkatoSuccess(true));
    }

    @PUT
    @Path("/{handle}/update_folder")
    @Operation(operationId = "moveMcpServerToFolder", summary = "Move an MCP server to a folder", description = "A server with tools stays in its project.")
    public Uni<RestResponse<WorkatoServer>> move(@PathParam("handle") String handle, @BeanParam WorkatoView view,
            WorkatoServer.FolderInput input) {
        boolean full = view.isFull();
        Long folder = WorkatoInput.required("folder_id", WorkatoInput.body(input).folderId());
        return servers.update(current.caller(), current.key(ServerKey.handle(handle)),
                new ServerChange(null, folder, null, null, null, null)).chain(server -> tagged(server, full));
    }

    @POST
    @Path("/{handle}/token_renew")
    @Operation(operationId = "renewMcpServerToken", summary = "Renew the token of an MCP server", description = "Gives a fresh token. When this answers, every replica already refuses the old one.")
    public Uni<WorkatoServer.Token> renewToken(@PathParam("handle") String handle) {
        return servers.renewToken(current.caller(), current.key(ServerKey.handle(handle)))
                .map(WorkatoServer.Token::new);
    }

    private Uni<RestResponse<WorkatoServer>> tagged(Server server, boolean full) {
        return remotes(List.of(server), full).map(remotes -> tagged(server,
                WorkatoServerMapper.wire(server, full, remotes)));
    }

    /** What the proxy servers among these stand for, where it is shown. */
    private Uni<Map<Long, Registration>> remotes(List<Server> servers, boolean full) {
        return !full ? Uni.createFrom().item(Map.of())
                : upstreams.of(current.caller(), servers.stream().map(Server::upstreamId).filter(Objects::nonNull).toList());
    }

    private static RestResponse<WorkatoServer> tagged(Server server, WorkatoServer wire) {
        return ResponseBuilder.ok(wire).header(HttpHeaders.ETAG, EntityTags.of(server.version())).build();
    }
}
