package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.api.Current;
import io.gatehouse.servers.ServerTools;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The tools on {@code /api/mcp/mcp_servers/{handle}}. */
@Path("/api/mcp/mcp_servers")
public class WorkatoServerToolsResource {

    private final ServerTools tools;
    private final Current current;

    @Inject
    WorkatoServerToolsResource(ServerTools tools, Current current) {
        this.tools = tools;
        this.current = current;
    }

    @POST
    @Path("/{handle}/assign_tools")
    @Tag(name = "MCP Servers")
    @Operation(operationId = "assignToolsToMcpServer", summary = "Put tools on an MCP server", description = "Adds API endpoints as tools, all or none; one that is there already stays as it is.")
    public Uni<WorkatoServer.Tools> assign(@PathParam("handle") String handle, WorkatoServer.ToolsInput input) {
        return tools.assign(current.caller(), handle, WorkatoServerMapper.ids(input))
                .map(list -> new WorkatoServer.Tools(list.stream().map(WorkatoServerMapper::wire).toList()));
    }

    @GET
    @Path("/{mcp_server_handle}/tools")
    @Tag(name = "Tools")
    @Operation(operationId = "listMcpServerTools", summary = "List the tools of an MCP server")
    public Uni<WorkatoServer.ToolPage> list(@PathParam("mcp_server_handle") String handle,
            @BeanParam WorkatoPaging paging) {
        return tools.list(current.caller(), handle, paging.slice()).map(page -> new WorkatoServer.ToolPage(
                page.items().stream().map(WorkatoServerMapper::wire).toList(), page.more()));
    }
}
