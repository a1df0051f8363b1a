package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.api.Current;
import io.gatehouse.api.EntityTags;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.servers.ServerPolicies;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/** The policy of {@code /api/mcp/mcp_servers/{handle}}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/mcp/mcp_servers")
@Tag(name = "Policies")
public class WorkatoPoliciesResource {

    private final ServerPolicies policies;
    private final Current current;

    @Inject
    WorkatoPoliciesResource(ServerPolicies policies, Current current) {
        this.policies = policies;
        this.current = current;
    }

    @GET
    @Path("/{mcp_server_handle}/server_policies")
    @Operation(operationId = "getMcpServerPolicies", summary = "Get the policy of an MCP server")
    public Uni<RestResponse<WorkatoPolicy>> get(@PathParam("mcp_server_handle") String handle) {
        return policies.get(current.caller(), ServerKey.handle(handle)).map(WorkatoPoliciesResource::tagged);
    }

    @PUT
    @Path("/{mcp_server_handle}/server_policies")
    @Operation(operationId = "updateMcpServerPolicies", summary = "Change the policy of an MCP server", description = "What is left out stays, null removes a limit, anything else replaces its part whole.")
    public Uni<RestResponse<WorkatoPolicy>> update(@PathParam("mcp_server_handle") String handle,
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = WorkatoPolicy.class))) JsonNode body) {
        return policies.change(current.caller(), current.key(ServerKey.handle(handle)),
                present -> WorkatoPolicy.merge(present, body)).map(WorkatoPoliciesResource::tagged);
    }

    private static RestResponse<WorkatoPolicy> tagged(ServerPolicies.Versioned policy) {
        return ResponseBuilder.ok(WorkatoPolicy.of(policy.policy()))
                .header(HttpHeaders.ETAG, EntityTags.of(policy.version())).build();
    }
}
