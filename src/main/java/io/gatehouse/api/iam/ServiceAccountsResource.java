package io.gatehouse.api.iam;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.accounts.ServiceAccounts;
import io.gatehouse.api.Current;
import io.gatehouse.api.workato.WorkatoInput;
import io.gatehouse.api.workato.WorkatoPaging;
import io.gatehouse.api.workato.WorkatoSuccess;
import io.gatehouse.api.workato.WorkatoUser;
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
import jakarta.ws.rs.core.MediaType;

/** {@code /api/iam/service_accounts}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/iam/service_accounts")
@Tag(name = "Service accounts")
public class ServiceAccountsResource {

    private static final String WHAT = "Service account";

    private final ServiceAccounts accounts;
    private final Current current;

    @Inject
    ServiceAccountsResource(ServiceAccounts accounts, Current current) {
        this.accounts = accounts;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listServiceAccounts", summary = "List service accounts", description = "The programs that use MCP servers in nobody's name, oldest first.")
    public Uni<ServiceAccountBody.Page> list(@BeanParam WorkatoPaging paging) {
        return accounts.list(current.caller(), paging.slice()).map(ServiceAccountBody.Page::of);
    }

    @POST
    @Operation(operationId = "createServiceAccount", summary = "Create a service account", description = "A program gets access tokens for it at the token endpoint, by the grant client_credentials. A new one is in no group, and so can use no server yet. Its secret is in this answer only; one with public keys has none.")
    public Uni<ServiceAccountBody> create(ServiceAccountBody.Input input) {
        return accounts.create(current.caller(), ServiceAccountBody.wish(input)).map(ServiceAccountBody::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getServiceAccount", summary = "Get a service account")
    public Uni<ServiceAccountBody> get(@PathParam("id") String id) {
        return accounts.get(current.caller(), WorkatoInput.pathId(WHAT, id)).map(ServiceAccountBody::of);
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateServiceAccount", summary = "Update a service account", description = "What is left out stays as it is. Other keys end those that it had, and its access tokens.")
    public Uni<ServiceAccountBody> update(@PathParam("id") String id, ServiceAccountBody.Input input) {
        long account = WorkatoInput.pathId(WHAT, id);
        return accounts.change(current.caller(), account, ServiceAccountBody.wish(input)).map(ServiceAccountBody::of);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteServiceAccount", summary = "Delete a service account", description = "Nothing lets it in from then on.")
    public Uni<WorkatoSuccess> delete(@PathParam("id") String id) {
        return accounts.delete(current.caller(), WorkatoInput.pathId(WHAT, id)).replaceWith(new WorkatoSuccess(true));
    }

    @POST
    @Path("/{id}/rotate_secret")
    @Operation(operationId = "rotateServiceAccountSecret", summary = "Rotate the secret of a service account", description = "Gives a fresh secret, in this answer only. The old one and the access tokens are refused from then on.")
    public Uni<ServiceAccountBody> rotateSecret(@PathParam("id") String id) {
        return accounts.rotateSecret(current.caller(), WorkatoInput.pathId(WHAT, id)).map(ServiceAccountBody::of);
    }

    @POST
    @Path("/{id}/add_to_group")
    @Operation(operationId = "addServiceAccountToGroup", summary = "Put a service account into user groups", description = "All of them or none. A group that it is in already stays as it is.")
    public Uni<ServiceAccountBody> addToGroup(@PathParam("id") String id, WorkatoUser.GroupsInput input) {
        long account = WorkatoInput.pathId(WHAT, id);
        List<Long> groups = WorkatoUser.groups(input);
        return accounts.addTo(current.caller(), account, groups).map(ServiceAccountBody::of);
    }

    @POST
    @Path("/{id}/remove_from_group")
    @Operation(operationId = "removeServiceAccountFromGroup", summary = "Take a service account out of user groups", description = "Groups that it is not in are passed over. From then on the groups' servers refuse it.")
    public Uni<ServiceAccountBody> removeFromGroup(@PathParam("id") String id, WorkatoUser.GroupsInput input) {
        long account = WorkatoInput.pathId(WHAT, id);
        List<Long> groups = WorkatoUser.groups(input);
        return accounts.removeFrom(current.caller(), account, groups).map(ServiceAccountBody::of);
    }
}
