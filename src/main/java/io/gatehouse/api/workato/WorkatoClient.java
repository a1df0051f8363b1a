package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A client of the management API in this dialect; {@code token} is there only in the answers that make one, {@code
 * folderIds} only for one that is kept to some projects.
 */
@Schema(name = "ApiClient")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoClient(long id, String name, String description, long apiPrivilegeGroupId, boolean allFolders,
        @Schema(description = "The own folders of the only projects that it sees") List<Long> folderIds,
        List<String> ipAllowList, boolean revoked, Instant expiresAt, Instant createdAt, Instant updatedAt,
        @Schema(description = "Shown only when it is made") String token) {

    /** What a create or an update request says. */
    @Schema(name = "ApiClientInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(
            @Schema(description = "Required for a new client", maxLength = 300, examples = "Deployment pipeline") String name,
            @Schema(maxLength = 1000) String description,
            @Schema(description = "The role; required for a new client", examples = "2") @JsonDeserialize(using = WorkatoId.class) Long apiPrivilegeGroupId,
            @Schema(description = "The same by another name") @JsonDeserialize(using = WorkatoId.class) Long roleId,
            @Schema(description = "Whether it sees every project, as a new client does unless it is told otherwise") Boolean allFolders,
            @Schema(description = "The own folders of the only projects that it sees") @JsonDeserialize(contentUsing = WorkatoId.class) List<Long> folderIds,
            @Schema(description = "The same by the ids of the projects") @JsonDeserialize(contentUsing = WorkatoId.class) List<Long> projectIds,
            @Schema(description = "Addresses and CIDR ranges that it may call from; none for everywhere", examples = "[\"10.1.0.0/16\"]") List<String> ipAllowList,
            @Schema(description = "When it stops to be let in", format = "date-time") String expiresAt) {
    }

    /** One page of a list. */
    @Schema(name = "ApiClientList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoClient> items, boolean nextPage) {
    }

    /** A role in this dialect. */
    @Schema(name = "ApiClientRole")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Role(long id, String name, List<String> privileges, boolean builtIn, Instant createdAt) {
    }

    /** What a create or an update request says. */
    @Schema(name = "ApiClientRoleInput")
    public record RoleInput(
            @Schema(description = "Required for a new role", maxLength = 300, examples = "Publisher") String name,
            @Schema(description = "Required for a new role", examples = "[\"view_servers\",\"edit_servers\"]") List<String> privileges) {
    }

    /** Every role. */
    @Schema(name = "ApiClientRoleList")
    public record Roles(Result result) {

        /** The roles and their number. */
        @Schema(name = "ApiClientRoleResult")
        public record Result(int count, List<Role> items) {
        }
    }

    /** A person who may manage; {@code folderIds} is there only for one who is kept to some projects. */
    @Schema(name = "Administrator")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Administrator(@Schema(description = "Of the user") long id, String name, String email, boolean active,
            @Schema(description = "The role") long apiPrivilegeGroupId, String role, boolean allFolders,
            @Schema(description = "The own folders of the only projects that the person manages") List<Long> folderIds,
            Instant createdAt, Instant updatedAt) {
    }

    /** What lets a person manage. */
    @Schema(name = "AdministratorInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record AdministratorInput(
            @Schema(description = "The role; required for one who may not manage yet", examples = "6") @JsonDeserialize(using = WorkatoId.class) Long apiPrivilegeGroupId,
            @Schema(description = "The same by another name") @JsonDeserialize(using = WorkatoId.class) Long roleId,
            @Schema(description = "Whether every project is managed, as by a new administrator unless told otherwise") Boolean allFolders,
            @Schema(description = "The own folders of the only projects that the person manages") @JsonDeserialize(contentUsing = WorkatoId.class) List<Long> folderIds,
            @Schema(description = "The same by the ids of the projects") @JsonDeserialize(contentUsing = WorkatoId.class) List<Long> projectIds) {
    }

    /** One page of a list. */
    @Schema(name = "AdministratorList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Administrators(List<Administrator> items, boolean nextPage) {
    }

    /** Who asks. */
    @Schema(name = "CurrentUser")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Me(@Schema(description = "Of the client, or of the user where there is an email") long id, String name,
            @Schema(description = "Of a person who manages; clients have none") String email, Place workspace, String role,
            List<String> privileges, boolean allFolders,
            @Schema(description = "The own folders of the only projects that it sees") List<Long> folderIds,
            Instant createdAt) {

        /** A workspace. */
        @Schema(name = "WorkspaceReference")
        public record Place(long id, String name) {
        }
    }
}
