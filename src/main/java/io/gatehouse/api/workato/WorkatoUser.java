package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.access.people.EndUser;
import io.gatehouse.access.people.NewEndUser;

/** A person who uses MCP servers, in this dialect. */
@Schema(name = "EndUser")
@JsonNaming(SnakeCaseStrategy.class)
public record WorkatoUser(long id, String name, String email, boolean active, boolean hasPassword,
        @Schema(description = "Whether the user's password needs a code beside it") boolean secondFactor,
        List<Long> userGroupIds, Instant createdAt, Instant updatedAt) {

    /** What a create or an update request says. */
    @Schema(name = "EndUserInput")
    public record Input(
            @Schema(description = "Required for a new user", maxLength = 300, examples = "Ada Lovelace") String name,
            @Schema(description = "Required for a new user; no two users have the same, whatever the capitals", maxLength = 254, examples = "ada@example.com") String email,
            @Schema(description = "Whether the user is let in at all, as a new one is unless told otherwise") Boolean active) {
    }

    /** What the user sets a password with, once. */
    @Schema(name = "EndUserInvitation")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Invited(@Schema(description = "For nobody but the user, who opens it in a browser") String url,
            Instant expiresAt) {
    }

    /** Which groups are meant. */
    @Schema(name = "UserGroupIds")
    @JsonNaming(SnakeCaseStrategy.class)
    public record GroupsInput(@Schema(examples = "4") @JsonDeserialize(using = WorkatoId.class) Long userGroupId,
            @Schema(description = "Several at once") @JsonDeserialize(contentUsing = WorkatoId.class) List<Long> userGroupIds) {
    }

    /** One page of a list. */
    @Schema(name = "EndUserList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoUser> items, boolean nextPage) {

        static Page of(io.gatehouse.kernel.Page<EndUser> page) {
            return new Page(page.items().stream().map(WorkatoUser::of).toList(), page.more());
        }
    }

    static WorkatoUser of(EndUser user) {
        return new WorkatoUser(user.id(), user.name(), user.email(), user.active(), user.hasPassword(), user.secondFactor(),
                user.groupIds(),
                user.createdAt(), user.updatedAt());
    }

    static NewEndUser draft(Input input) {
        Input body = WorkatoInput.body(input);
        return new NewEndUser(body.name(), body.email(), body.active());
    }

    public static List<Long> groups(GroupsInput input) {
        GroupsInput body = WorkatoInput.body(input);
        return body.userGroupIds() == null && body.userGroupId() != null
                ? List.of(body.userGroupId())
                : WorkatoInput.ids("user_group_ids", body.userGroupIds());
    }
}
