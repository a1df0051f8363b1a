package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.Projects;
import io.gatehouse.api.Current;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** {@code /api/projects} and {@code /api/folders}. */
@Path("/api")
@Tag(name = "Projects and folders")
public class WorkatoFoldersResource {

    private final Projects projects;
    private final Current current;

    @Inject
    WorkatoFoldersResource(Projects projects, Current current) {
        this.projects = projects;
        this.current = current;
    }

    @GET
    @Path("/projects")
    @Operation(operationId = "listProjects", summary = "List projects")
    public Uni<WorkatoFolder.ProjectPage> projects(@BeanParam WorkatoPaging paging) {
        return projects.list(current.caller(), paging.slice()).map(page -> new WorkatoFolder.ProjectPage(
                page.items().stream().map(WorkatoFolder.OfProject::of).toList(), page.more()));
    }

    @GET
    @Path("/folders")
    @Operation(operationId = "listFolders", summary = "List folders", description = "All folders, or those right below one.")
    public Uni<WorkatoFolder.Page> folders(
            @QueryParam("parent_id") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String parentId,
            @BeanParam WorkatoPaging paging) {
        return projects.folders(current.caller(), WorkatoInput.optionalLong("parent_id", parentId), paging.slice())
                .map(page -> new WorkatoFolder.Page(page.items().stream().map(WorkatoFolder::of).toList(),
                        page.more()));
    }
}
