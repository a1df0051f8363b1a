package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.api.Current;
import io.gatehouse.servers.ProxyServers;
import io.gatehouse.servers.ServerKey;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What {@code /api/mcp/mcp_servers/{handle}} stands for, where it is a proxy server. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/mcp/mcp_servers")
@Tag(name = "Proxy servers")
public class WorkatoProxyResource {

    private final ProxyServers proxies;
    private final Current current;

    @Inject
    WorkatoProxyResource(ProxyServers proxies, Current current) {
        this.proxies = proxies;
        this.current = current;
    }

    @POST
    @Path("/{handle}/refresh_tools")
    @Operation(operationId = "refreshMcpServerTools", summary = "Look at a remote MCP server now", description = "Compares its tools with the record, as it happens every minute anyway. When it can't be reached, its state says so.")
    public Uni<WorkatoRemote> refresh(@PathParam("handle") String handle) {
        return proxies.refresh(current.caller(), current.key(ServerKey.handle(handle))).map(WorkatoRemoteMapper::wire);
    }

    @GET
    @Path("/{handle}/tool_changes")
    @Operation(operationId = "listMcpServerToolChanges", summary = "List what a remote MCP server has changed", description = "Tools that are new, changed or gone since they were approved, the latest last. Under the policy withhold agents do not get them; a name that is easily taken for another one is never served unapproved.")
    public Uni<WorkatoToolChange.Page> changes(@PathParam("handle") String handle, @BeanParam WorkatoPaging paging) {
        return proxies.changes(current.caller(), ServerKey.handle(handle), paging.slice())
                .map(page -> new WorkatoToolChange.Page(page.items().stream().map(WorkatoToolChange::of).toList(),
                        page.more()));
    }

    @POST
    @Path("/{handle}/tool_changes/{tool_id}/approve")
    @Operation(operationId = "approveMcpServerToolChange", summary = "Approve a tool as it is now", description = "Names by its digest what is approved; where the remote server has changed it again meanwhile, nothing is. A tool that is gone is forgotten.")
    public Uni<WorkatoSuccess> approve(@PathParam("handle") String handle, @PathParam("tool_id") String toolId,
            WorkatoToolChange.Approval input) {
        return proxies.approve(current.caller(), current.key(ServerKey.handle(handle)),
                WorkatoInput.pathId("Tool", toolId), WorkatoInput.body(input).digest())
                .replaceWith(new WorkatoSuccess(true));
    }
}
