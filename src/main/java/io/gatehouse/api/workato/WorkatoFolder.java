package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.access.Folder;
import io.gatehouse.access.Project;

/** A folder in this dialect. */
@Schema(name = "Folder")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoFolder(long id, String name, Long parentId, boolean isProject, long projectId,
        String description, Instant createdAt, Instant updatedAt) {

    /** What a create request says. */
    @Schema(name = "FolderInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(@Schema(required = true, maxLength = 300, examples = "Order to cash") String name,
            @Schema(description = "The folder to put it into; without one, a project is made") @JsonDeserialize(using = WorkatoId.class) Long parentId,
            @Schema(maxLength = 1000) String description) {
    }

    /** What an update request says; what it leaves out stays. */
    @Schema(name = "FolderUpdate")
    public record Change(@Schema(maxLength = 300, examples = "Order to cash") String name,
            @Schema(maxLength = 1000) String description) {
    }

    /** One page of a list. */
    @Schema(name = "FolderList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoFolder> items, boolean nextPage) {
    }

    /** A project in this dialect; {@code folderId} is its own folder. */
    @Schema(name = "Project")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfProject(long id, String name, String description, long folderId, Instant createdAt,
            Instant updatedAt) {

        static OfProject of(Project project) {
            return new OfProject(project.id(), project.name(), project.description(), project.folderId(),
                    project.createdAt(), project.updatedAt());
        }
    }

    /** One page of a list. */
    @Schema(name = "ProjectList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record ProjectPage(List<OfProject> items, boolean nextPage) {
    }

    static WorkatoFolder of(Folder folder) {
        return new WorkatoFolder(folder.id(), folder.name(), folder.parentId(), folder.isProject(),
                folder.projectId(), folder.description(), folder.createdAt(), folder.updatedAt());
    }
}
