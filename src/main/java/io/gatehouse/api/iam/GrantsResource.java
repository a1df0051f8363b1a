package io.gatehouse.api.iam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.oauth.UserGrants;
import io.gatehouse.api.Current;
import io.gatehouse.api.workato.WorkatoInput;
import io.gatehouse.api.workato.WorkatoPaging;
import io.gatehouse.api.workato.WorkatoSuccess;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/iam/users/{id}/grants}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/iam/users/{id}/grants")
@Tag(name = "Users")
public class GrantsResource {

    private final UserGrants grants;
    private final Current current;

    @Inject
    GrantsResource(UserGrants grants, Current current) {
        this.grants = grants;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listIamUserGrants", summary = "List what a user has agreed to", description = "The applications that may use MCP servers in the user's name, those that were let in last first.")
    public Uni<GrantBody.Page> list(@PathParam("id") String id, @BeanParam WorkatoPaging paging) {
        return grants.list(current.caller(), WorkatoInput.pathId("User", id), paging.slice()).map(GrantBody.Page::of);
    }

    @DELETE
    @Path("/{grant}")
    @Operation(operationId = "revokeIamUserGrant", summary = "Revoke what a user has agreed to", description = "The application's tokens are refused from then on, and it has to ask the user again.")
    public Uni<WorkatoSuccess> revoke(@PathParam("id") String id, @PathParam("grant") String grant) {
        return grants.revoke(current.caller(), WorkatoInput.pathId("User", id), WorkatoInput.pathId("Grant", grant))
                .replaceWith(new WorkatoSuccess(true));
    }
}
