package io.gatehouse.api.workato;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.people.EndUsers;
import io.gatehouse.access.people.Invitations;
import io.gatehouse.api.Current;
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

/** {@code /api/iam/users}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/iam/users")
@Tag(name = "Users")
public class WorkatoUsersResource {

    private static final String WHAT = "User";

    private final EndUsers users;
    private final Invitations invitations;
    private final Current current;

    @Inject
    WorkatoUsersResource(EndUsers users, Invitations invitations, Current current) {
        this.users = users;
        this.invitations = invitations;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listIamUsers", summary = "List users", description = "The people who use MCP servers, oldest first.")
    public Uni<WorkatoUser.Page> list(@BeanParam WorkatoPaging paging) {
        return users.list(current.caller(), paging.slice()).map(WorkatoUser.Page::of);
    }

    @POST
    @Operation(operationId = "createIamUser", summary = "Create a user", description = "A new user is in no group, and so can use no server yet.")
    public Uni<WorkatoUser> create(WorkatoUser.Input input) {
        return users.create(current.caller(), WorkatoUser.draft(input)).map(WorkatoUser::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getIamUser", summary = "Get a user")
    public Uni<WorkatoUser> get(@PathParam("id") String id) {
        return users.get(current.caller(), WorkatoInput.pathId(WHAT, id)).map(WorkatoUser::of);
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateIamUser", summary = "Update a user", description = "What is left out stays as it is. A user who is no longer active is let in nowhere from then on.")
    public Uni<WorkatoUser> update(@PathParam("id") String id, WorkatoUser.Input input) {
        long user = WorkatoInput.pathId(WHAT, id);
        return users.change(current.caller(), user, WorkatoUser.draft(input)).map(WorkatoUser::of);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteIamUser", summary = "Delete a user", description = "Takes the user out of every group as well; nothing lets them in from then on.")
    public Uni<WorkatoSuccess> delete(@PathParam("id") String id) {
        return users.delete(current.caller(), WorkatoInput.pathId(WHAT, id)).replaceWith(new WorkatoSuccess(true));
    }

    @POST
    @Path("/{id}/invitation")
    @Operation(operationId = "inviteIamUser", summary = "Invite a user to set a password", description = "Answers a link for the user, which works once and for a while. Also the way to another password for one who has forgotten theirs, which stays good until then. An earlier link of the user ends. A second factor stays on, so that the link alone lets nobody in.")
    public Uni<WorkatoUser.Invited> invite(@PathParam("id") String id) {
        return invitations.create(current.caller(), WorkatoInput.pathId(WHAT, id))
                .map(invitation -> new WorkatoUser.Invited(invitation.url(), invitation.expiresAt()));
    }

    @POST
    @Path("/{id}/add_to_group")
    @Operation(operationId = "addIamUserToGroup", summary = "Put a user into groups", description = "All of them or none. A group that the user is in already stays as it is.")
    public Uni<WorkatoUser> addToGroup(@PathParam("id") String id, WorkatoUser.GroupsInput input) {
        long user = WorkatoInput.pathId(WHAT, id);
        List<Long> groups = WorkatoUser.groups(input);
        return users.addTo(current.caller(), user, groups).map(WorkatoUser::of);
    }

    @POST
    @Path("/{id}/remove_from_group")
    @Operation(operationId = "removeIamUserFromGroup", summary = "Take a user out of groups", description = "Groups that the user is not in are passed over. From then on the groups' servers refuse the user.")
    public Uni<WorkatoUser> removeFromGroup(@PathParam("id") String id, WorkatoUser.GroupsInput input) {
        long user = WorkatoInput.pathId(WHAT, id);
        List<Long> groups = WorkatoUser.groups(input);
        return users.removeFrom(current.caller(), user, groups).map(WorkatoUser::of);
    }
}
