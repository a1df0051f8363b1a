package io.gatehouse.api.workato;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.access.people.UserGroup;
import io.gatehouse.api.Current;
import io.gatehouse.servers.ServerGroups;
import io.gatehouse.servers.ServerKey;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The user groups of {@code /api/mcp/mcp_servers/{handle}}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/mcp/mcp_servers")
@Tag(name = "User Groups")
public class WorkatoServerGroupsResource {

    private final ServerGroups groups;
    private final Current current;

    @Inject
    WorkatoServerGroupsResource(ServerGroups groups, Current current) {
        this.groups = groups;
        this.current = current;
    }

    /** All groups of a server. */
    @Schema(name = "UserGroupItems")
    public record Items(List<WorkatoGroup> items) {
    }

    /** Which groups are meant. */
    @Schema(name = "UserGroupIdsInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(
            @Schema(required = true, examples = "[4, 7]") @JsonDeserialize(contentUsing = WorkatoId.class) List<Long> userGroupIds,
            @Schema(description = "The same by another name") @JsonDeserialize(contentUsing = WorkatoId.class) List<Long> idpUserGroupIds) {

        List<Long> ids() {
            return userGroupIds == null && idpUserGroupIds != null ? WorkatoInput.ids("idp_user_group_ids", idpUserGroupIds)
                    : WorkatoInput.ids("user_group_ids", userGroupIds);
        }
    }

    @GET
    @Path("/{handle}/user_groups")
    @Operation(operationId = "listMcpServerUserGroups", summary = "List the user groups of an MCP server")
    public Uni<Items> list(@PathParam("handle") String handle) {
        return groups.list(current.caller(), ServerKey.handle(handle)).map(WorkatoServerGroupsResource::items);
    }

    @POST
    @Path("/{handle}/assign_user_groups")
    @Operation(operationId = "assignUserGroupsToMcpServer", summary = "Let user groups use an MCP server", description = "All or none; the answer has all groups of the server.")
    public Uni<Items> assign(@PathParam("handle") String handle, Input input) {
        return groups.assign(current.caller(), current.key(ServerKey.handle(handle)), WorkatoInput.body(input).ids())
                .map(WorkatoServerGroupsResource::items);
    }

    @POST
    @Path("/{handle}/remove_user_groups")
    @Operation(operationId = "removeUserGroupsFromMcpServer", summary = "Let user groups no longer use an MCP server", description = "A group that the server does not have is passed over; the answer has those that are left.")
    public Uni<Items> remove(@PathParam("handle") String handle, Input input) {
        return groups.remove(current.caller(), current.key(ServerKey.handle(handle)), WorkatoInput.body(input).ids())
                .map(WorkatoServerGroupsResource::items);
    }

    private static Items items(List<UserGroup> groups) {
        return new Items(groups.stream().map(WorkatoGroup::of).toList());
    }
}
