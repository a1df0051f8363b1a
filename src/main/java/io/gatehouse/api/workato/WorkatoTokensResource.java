package io.gatehouse.api.workato;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.api.Current;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.servers.ServerTokens;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The tokens of {@code /api/mcp/mcp_servers/{handle}}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/mcp/mcp_servers")
@Tag(name = "MCP tokens")
public class WorkatoTokensResource {

    private final ServerTokens tokens;
    private final Current current;

    @Inject
    WorkatoTokensResource(ServerTokens tokens, Current current) {
        this.tokens = tokens;
        this.current = current;
    }

    @GET
    @Path("/{handle}/tokens")
    @Operation(operationId = "listMcpServerTokens", summary = "List the tokens of an MCP server")
    public Uni<WorkatoToken.Page> list(@PathParam("handle") String handle, @BeanParam WorkatoPaging paging) {
        return tokens.list(current.caller(), ServerKey.handle(handle), paging.slice()).map(
                page -> new WorkatoToken.Page(page.items().stream().map(WorkatoToken::of).toList(), page.more()));
    }

    @POST
    @Path("/{handle}/tokens")
    @Operation(operationId = "createMcpServerToken", summary = "Give an MCP server a further token", description = "Beside those that it has; the answer shows the token for the only time.")
    public Uni<WorkatoToken> create(@PathParam("handle") String handle, WorkatoToken.Input input) {
        WorkatoToken.Input body = WorkatoInput.body(input);
        Instant expiresAt = WorkatoInput.optionalTime("expires_at", body.expiresAt());
        return tokens.issue(current.caller(), current.key(ServerKey.handle(handle)), body.name(), expiresAt)
                .map(WorkatoToken::of);
    }

    @DELETE
    @Path("/{handle}/tokens/{id}")
    @Operation(operationId = "revokeMcpServerToken", summary = "Take a token from an MCP server", description = "When this answers, every replica already refuses it.")
    public Uni<WorkatoSuccess> revoke(@PathParam("handle") String handle, @PathParam("id") String id) {
        return tokens.revoke(current.caller(), current.key(ServerKey.handle(handle)), WorkatoInput.pathId("Token", id))
                .replaceWith(new WorkatoSuccess(true));
    }
}
