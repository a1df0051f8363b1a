package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.Workspaces;
import io.gatehouse.access.clients.Administrators;
import io.gatehouse.access.clients.ApiClients;
import io.gatehouse.api.Current;
import io.gatehouse.kernel.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/iam/administrators}, and {@code /api/users/me} for whoever manages. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api")
@Tag(name = "Administrators")
public class WorkatoAdministratorsResource {

    private static final String ADMINISTRATORS = "/iam/administrators";
    private static final String WHAT = "Administrator";

    private final Administrators administrators;
    private final ApiClients clients;
    private final Workspaces workspaces;
    private final Current current;

    @Inject
    WorkatoAdministratorsResource(Administrators administrators, ApiClients clients, Workspaces workspaces,
            Current current) {
        this.administrators = administrators;
        this.clients = clients;
        this.workspaces = workspaces;
        this.current = current;
    }

    @GET
    @Path(ADMINISTRATORS)
    @Operation(operationId = "listAdministrators", summary = "List administrators", description = "The users who may manage, by an application in which they sign in here. The longest serving come first.")
    public Uni<WorkatoClient.Administrators> list(@BeanParam WorkatoPaging paging) {
        return administrators.list(current.caller(), paging.slice()).map(page -> new WorkatoClient.Administrators(
                page.items().stream().map(WorkatoClientMapper::wire).toList(), page.more()));
    }

    @GET
    @Path(ADMINISTRATORS + "/{id}")
    @Operation(operationId = "getAdministrator", summary = "Get an administrator", description = "By the id of the user.")
    public Uni<WorkatoClient.Administrator> get(@PathParam("id") String id) {
        return administrators.get(current.caller(), WorkatoInput.pathId(WHAT, id)).map(WorkatoClientMapper::wire);
    }

    @PUT
    @Path(ADMINISTRATORS + "/{id}")
    @Operation(operationId = "appointAdministrator", summary = "Let a user manage", description = "By the id of the user, who gets a role and projects, or others than before; what is left out stays as it is. Neither may go beyond those of the client that asks. Holds from the user's next request on, and opens no MCP server. The last one with every privilege keeps them.")
    public Uni<WorkatoClient.Administrator> appoint(@PathParam("id") String id, WorkatoClient.AdministratorInput input) {
        long user = WorkatoInput.pathId(WHAT, id);
        return administrators.appoint(current.caller(), user, WorkatoClientMapper.appointment(input))
                .map(WorkatoClientMapper::wire);
    }

    @DELETE
    @Path(ADMINISTRATORS + "/{id}")
    @Operation(operationId = "dismissAdministrator", summary = "Let a user manage no more", description = "From the user's next request on; the user stays. The last one with every privilege can't be dismissed.")
    public Uni<WorkatoSuccess> dismiss(@PathParam("id") String id) {
        return administrators.dismiss(current.caller(), WorkatoInput.pathId(WHAT, id))
                .replaceWith(new WorkatoSuccess(true));
    }

    @GET
    @Path("/users/me")
    @Tag(name = "API clients")
    @Operation(operationId = "getCurrentUser", summary = "Who am I", description = "The client or the person that the token belongs to: the workspace, the role with its privileges, and the projects that are seen.")
    public Uni<WorkatoClient.Me> me() {
        Caller caller = current.caller();
        return workspaces.of(caller).chain(workspace -> administrators.self(caller)
                .onItem().ifNotNull().transform(person -> WorkatoClientMapper.me(person, workspace))
                .onItem().ifNull().switchTo(() -> clients.self(caller)
                        .map(client -> WorkatoClientMapper.me(client, workspace))));
    }
}
