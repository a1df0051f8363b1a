package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.api.Current;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.servers.ServerTools;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The tools on {@code /api/mcp/mcp_servers/{handle}}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/mcp/mcp_servers")
@Tag(name = "Tools")
public class WorkatoServerToolsResource {

    private static final String TOOL = "Tool";

    private final ServerTools tools;
    private final Current current;

    @Inject
    WorkatoServerToolsResource(ServerTools tools, Current current) {
        this.tools = tools;
        this.current = current;
    }

    @POST
    @Path("/{handle}/assign_tools")
    @Operation(operationId = "assignToolsToMcpServer", summary = "Put tools on an MCP server", description = "Adds entries of the catalogue as tools, one by one or all of an API collection or a remote MCP server, all or none; one that is there already stays as it is. Names are made unique and not too long.")
    public Uni<WorkatoServer.Tools> assign(@PathParam("handle") String handle, @BeanParam WorkatoView view,
            WorkatoServer.ToolsInput input) {
        boolean full = view.isFull();
        return tools.assign(current.caller(), key(handle), WorkatoServerMapper.assignment(input))
                .map(list -> new WorkatoServer.Tools(list.stream().map(tool -> WorkatoServerMapper.wire(tool, full)).toList()));
    }

    @GET
    @Path("/{mcp_server_handle}/tools")
    @Operation(operationId = "listMcpServerTools", summary = "List the tools of an MCP server")
    public Uni<WorkatoServer.ToolPage> list(@PathParam("mcp_server_handle") String handle,
            @BeanParam WorkatoView view, @BeanParam WorkatoPaging paging) {
        boolean full = view.isFull();
        return tools.list(current.caller(), ServerKey.handle(handle), paging.slice())
                .map(page -> new WorkatoServer.ToolPage(
                        page.items().stream().map(tool -> WorkatoServerMapper.wire(tool, full)).toList(), page.more()));
    }

    @PUT
    @Path("/{mcp_server_handle}/tools/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateMcpServerTool", summary = "Describe a tool on an MCP server", description = "Gives the tool a name or a description for this server; the tool itself keeps its own.")
    public Uni<WorkatoServer.Tool> describe(@PathParam("mcp_server_handle") String handle, @PathParam("id") String id,
            @BeanParam WorkatoView view, WorkatoServer.ToolInput input) {
        boolean full = view.isFull();
        return tools.describe(current.caller(), key(handle), WorkatoInput.pathId(TOOL, id),
                WorkatoServerMapper.wish(WorkatoInput.body(input))).map(tool -> WorkatoServerMapper.wire(tool, full));
    }

    @DELETE
    @Path("/{mcp_server_handle}/tools/{id}")
    @Operation(operationId = "removeMcpServerTool", summary = "Take a tool from an MCP server", description = "The catalogue keeps the tool.")
    public Uni<WorkatoSuccess> remove(@PathParam("mcp_server_handle") String handle, @PathParam("id") String id) {
        return tools.remove(current.caller(), key(handle), WorkatoInput.pathId(TOOL, id))
                .replaceWith(new WorkatoSuccess(true));
    }

    @PUT
    @Path("/{mcp_server_handle}/tools/{id}/start")
    @Operation(operationId = "startMcpServerTool", summary = "Start a tool on an MCP server")
    public Uni<WorkatoServer.Tool> start(@PathParam("mcp_server_handle") String handle, @PathParam("id") String id) {
        return enable(handle, id, true);
    }

    @PUT
    @Path("/{mcp_server_handle}/tools/{id}/stop")
    @Operation(operationId = "stopMcpServerTool", summary = "Stop a tool on an MCP server", description = "Agents of this server do not see it until it is started again.")
    public Uni<WorkatoServer.Tool> stop(@PathParam("mcp_server_handle") String handle, @PathParam("id") String id) {
        return enable(handle, id, false);
    }

    private Uni<WorkatoServer.Tool> enable(String handle, String id, boolean enabled) {
        return tools.enable(current.caller(), key(handle), WorkatoInput.pathId(TOOL, id), enabled)
                .map(tool -> WorkatoServerMapper.wire(tool, true));
    }

    @GET
    @Path("/{mcp_server_handle}/sources")
    @Operation(operationId = "listMcpServerSources", summary = "List the remote MCP servers whose tools an MCP server has all", description = "Tools that these get later come onto the server by themselves, as each one's change policy has it.")
    public Uni<WorkatoServer.Sources> sources(@PathParam("mcp_server_handle") String handle) {
        return tools.sources(current.caller(), ServerKey.handle(handle)).map(sources -> new WorkatoServer.Sources(sources
                .stream().map(source -> new WorkatoServer.Source(source.upstreamObjectId(), source.prefix())).toList()));
    }

    @DELETE
    @Path("/{mcp_server_handle}/sources/{upstream_id}")
    @Operation(operationId = "removeMcpServerSource", summary = "Take all tools of a remote MCP server from an MCP server")
    public Uni<WorkatoSuccess> removeSource(@PathParam("mcp_server_handle") String handle,
            @PathParam("upstream_id") String upstreamId) {
        return tools.removeSource(current.caller(), key(handle), upstreamId).replaceWith(new WorkatoSuccess(true));
    }

    private ServerKey key(String handle) {
        return current.key(ServerKey.handle(handle));
    }
}
