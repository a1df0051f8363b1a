package io.gatehouse.api.traffic;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.api.Current;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.servers.ServerPolicies;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/mcp/mcp_servers/{handle}/usage}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/mcp/mcp_servers/{handle}/usage")
@Tag(name = "Policies")
public class UsageResource {

    private final ServerPolicies policies;
    private final Current current;

    @Inject
    UsageResource(ServerPolicies policies, Current current) {
        this.policies = policies;
        this.current = current;
    }

    @GET
    @Operation(operationId = "getMcpServerUsage", summary = "Get how the limits of an MCP server stand", description = "What is used and left of each limit in its present window, and of calls at one time: of the server, of each tool and of each caller. Without a limit nothing is counted.")
    public Uni<UsageBody> get(@PathParam("handle") String handle,
            @Parameter(description = "The caller that is asked about, such as token:7 or user:12; without it, all MCP tokens that open the server") @QueryParam("caller") String caller) {
        return policies.usage(current.caller(), ServerKey.handle(handle), caller).map(UsageBody::of);
    }
}
