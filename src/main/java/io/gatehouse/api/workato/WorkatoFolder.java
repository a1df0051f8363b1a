package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.access.Folder;
import io.gatehouse.access.Project;

/** A folder in this dialect. */
@Schema(name = "Folder")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoFolder(long id, String name, Long parentId, boolean isProject, long projectId,
        Instant createdAt) {

    /** One page of a list. */
    @Schema(name = "FolderList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoFolder> items, boolean nextPage) {
    }

    /** A project in this dialect; {@code folderId} is its own folder. */
    @Schema(name = "Project")
    @JsonNaming(SnakeCaseStrategy.class)
    public record OfProject(long id, String name, long folderId, Instant createdAt) {

        static OfProject of(Project project) {
            return new OfProject(project.id(), project.name(), project.folderId(), project.createdAt());
        }
    }

    /** One page of a list. */
    @Schema(name = "ProjectList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record ProjectPage(List<OfProject> items, boolean nextPage) {
    }

    static WorkatoFolder of(Folder folder) {
        return new WorkatoFolder(folder.id(), folder.name(), folder.parentId(), folder.parentId() == null,
                folder.projectId(), folder.createdAt());
    }
}
