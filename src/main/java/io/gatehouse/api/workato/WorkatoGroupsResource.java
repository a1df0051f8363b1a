package io.gatehouse.api.workato;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.people.UserGroups;
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

/** {@code /api/iam/user_groups}, and {@code /api/mcp/user_groups} for those who give groups to servers. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api")
@Tag(name = "User Groups")
public class WorkatoGroupsResource {

    private static final String WHAT = "User group";

    private final UserGroups groups;
    private final Current current;

    @Inject
    WorkatoGroupsResource(UserGroups groups, Current current) {
        this.groups = groups;
        this.current = current;
    }

    @GET
    @Path("/mcp/user_groups")
    @Operation(operationId = "listMcpUserGroups", summary = "List user groups for MCP servers", description = "The groups that can be assigned to servers, oldest first.")
    public Uni<WorkatoGroup.Page> forServers(@BeanParam WorkatoPaging paging) {
        return groups.list(current.caller(), paging.slice()).map(page -> new WorkatoGroup.Page(
                page.items().stream().map(WorkatoGroup::of).toList(), page.more()));
    }

    @GET
    @Path("/iam/user_groups")
    @Operation(operationId = "listIamUserGroups", summary = "List user groups", description = "The groups with the number of users in each, oldest first.")
    public Uni<WorkatoGroup.FullPage> list(@BeanParam WorkatoPaging paging) {
        return groups.list(current.caller(), paging.slice()).map(page -> new WorkatoGroup.FullPage(
                page.items().stream().map(WorkatoGroup.Full::of).toList(), page.more()));
    }

    @POST
    @Path("/iam/user_groups")
    @Operation(operationId = "createIamUserGroup", summary = "Create a user group")
    public Uni<WorkatoGroup.Full> create(WorkatoGroup.Input input) {
        return groups.create(current.caller(), WorkatoGroup.draft(input)).map(WorkatoGroup.Full::of);
    }

    @GET
    @Path("/iam/user_groups/{id}")
    @Operation(operationId = "getIamUserGroup", summary = "Get a user group")
    public Uni<WorkatoGroup.Full> get(@PathParam("id") String id) {
        return groups.get(current.caller(), WorkatoInput.pathId(WHAT, id)).map(WorkatoGroup.Full::of);
    }

    @PUT
    @Path("/iam/user_groups/{id}")
    @Operation(operationId = "updateIamUserGroup", summary = "Update a user group", description = "What is left out stays as it is.")
    public Uni<WorkatoGroup.Full> update(@PathParam("id") String id, WorkatoGroup.Input input) {
        long group = WorkatoInput.pathId(WHAT, id);
        return groups.change(current.caller(), group, WorkatoGroup.draft(input)).map(WorkatoGroup.Full::of);
    }

    @DELETE
    @Path("/iam/user_groups/{id}")
    @Operation(operationId = "deleteIamUserGroup", summary = "Delete a user group", description = "From then on its users can use the servers that it was assigned to only through other groups.")
    public Uni<WorkatoSuccess> delete(@PathParam("id") String id) {
        return groups.delete(current.caller(), WorkatoInput.pathId(WHAT, id)).replaceWith(new WorkatoSuccess(true));
    }

    @GET
    @Path("/iam/user_groups/{id}/members")
    @Operation(operationId = "listIamUserGroupMembers", summary = "List the users of a group")
    public Uni<WorkatoUser.Page> members(@PathParam("id") String id, @BeanParam WorkatoPaging paging) {
        return groups.members(current.caller(), WorkatoInput.pathId(WHAT, id), paging.slice())
                .map(WorkatoUser.Page::of);
    }

    @POST
    @Path("/iam/user_groups/{id}/add_users")
    @Operation(operationId = "addUsersToIamUserGroup", summary = "Put users into a group", description = "All of them or none. A user who is in it already stays.")
    public Uni<WorkatoGroup.Full> addUsers(@PathParam("id") String id, WorkatoGroup.UsersInput input) {
        long group = WorkatoInput.pathId(WHAT, id);
        List<Long> users = WorkatoGroup.users(input);
        return groups.add(current.caller(), group, users).map(WorkatoGroup.Full::of);
    }

    @POST
    @Path("/iam/user_groups/{id}/remove_users")
    @Operation(operationId = "removeUsersFromIamUserGroup", summary = "Take users out of a group", description = "Users who are not in it are passed over. From then on the group's servers refuse them. DELETE with the same body does the same.")
    public Uni<WorkatoGroup.Full> removeUsers(@PathParam("id") String id, WorkatoGroup.UsersInput input) {
        long group = WorkatoInput.pathId(WHAT, id);
        List<Long> users = WorkatoGroup.users(input);
        return groups.remove(current.caller(), group, users).map(WorkatoGroup.Full::of);
    }

    /** A body on DELETE means nothing in HTTP or OpenAPI, yet this is how the dialect's clients ask. */
    @DELETE
    @Path("/iam/user_groups/{id}/remove_users")
    @Operation(hidden = true)
    public Uni<WorkatoGroup.Full> removeUsersByDelete(@PathParam("id") String id, WorkatoGroup.UsersInput input) {
        return removeUsers(id, input);
    }
}
