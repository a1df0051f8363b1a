package io.gatehouse.api.workato;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.clients.Roles;
import io.gatehouse.api.Current;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/developer_api_client_roles}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/developer_api_client_roles")
@Tag(name = "API clients")
public class WorkatoRolesResource {

    private static final String WHAT = "Role";

    private final Roles roles;
    private final Current current;

    @Inject
    WorkatoRolesResource(Roles roles, Current current) {
        this.roles = roles;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listApiClientRoles", summary = "List the roles of API clients and administrators", description = "The built-in roles, and those of the workspace, with the privileges of each; some privileges bring others along.")
    public Uni<WorkatoClient.Roles> list() {
        return roles.list(current.caller()).map(list -> {
            List<WorkatoClient.Role> items = list.stream().map(WorkatoClientMapper::wire).toList();
            return new WorkatoClient.Roles(new WorkatoClient.Roles.Result(items.size(), items));
        });
    }

    @POST
    @Operation(operationId = "createApiClientRole", summary = "Create a role", description = "A client can give a role only privileges that it has itself.")
    public Uni<WorkatoClient.Role> create(WorkatoClient.RoleInput input) {
        return roles.create(current.caller(), WorkatoClientMapper.role(input)).map(WorkatoClientMapper::wire);
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateApiClientRole", summary = "Update a role", description = "What is left out stays as it is. The change holds for every client and administrator of the role from the next request on. Built-in roles never change.")
    public Uni<WorkatoClient.Role> update(@PathParam("id") String id, WorkatoClient.RoleInput input) {
        long role = WorkatoInput.pathId(WHAT, id);
        return roles.change(current.caller(), role, WorkatoClientMapper.role(input)).map(WorkatoClientMapper::wire);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteApiClientRole", summary = "Delete a role", description = "Deletes a role that nobody has.")
    public Uni<WorkatoSuccess> delete(@PathParam("id") String id) {
        return roles.delete(current.caller(), WorkatoInput.pathId(WHAT, id)).replaceWith(new WorkatoSuccess(true));
    }
}
