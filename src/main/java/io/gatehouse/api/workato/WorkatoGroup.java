package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.access.people.NewUserGroup;
import io.gatehouse.access.people.UserGroup;

/** A group of people as servers name it, in this dialect. */
@Schema(name = "UserGroup")
public record WorkatoGroup(long id, String name) {

    /** One page of a list. */
    @Schema(name = "UserGroupList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoGroup> items, boolean nextPage) {
    }

    /** A group with all that is known of it. */
    @Schema(name = "IamUserGroup")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Full(long id, String name, String description, long usersCount, Instant createdAt,
            Instant updatedAt) {

        static Full of(UserGroup group) {
            return new Full(group.id(), group.name(), group.description(), group.members(), group.createdAt(),
                    group.updatedAt());
        }
    }

    /** What a create or an update request says. */
    @Schema(name = "IamUserGroupInput")
    public record Input(
            @Schema(description = "Required for a new group; no two groups have the same, whatever the capitals", maxLength = 300, examples = "Order desk") String name,
            @Schema(maxLength = 1000) String description) {
    }

    /** Which people are meant. */
    @Schema(name = "UserIds")
    @JsonNaming(SnakeCaseStrategy.class)
    public record UsersInput(
            @Schema(required = true, examples = "[4, 7]") @JsonDeserialize(contentUsing = WorkatoId.class) List<Long> userIds) {
    }

    /** One page of a list. */
    @Schema(name = "IamUserGroupList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record FullPage(List<Full> items, boolean nextPage) {
    }

    static WorkatoGroup of(UserGroup group) {
        return new WorkatoGroup(group.id(), group.name());
    }

    static NewUserGroup draft(Input input) {
        Input body = WorkatoInput.body(input);
        return new NewUserGroup(body.name(), body.description());
    }

    static List<Long> users(UsersInput input) {
        return WorkatoInput.ids("user_ids", WorkatoInput.body(input).userIds());
    }
}
