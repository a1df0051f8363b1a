package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.FolderChange;
import io.gatehouse.access.NewFolder;
import io.gatehouse.access.Projects;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/projects} and {@code /api/folders}. */
@Produces(MediaType.APPLICATION_JSON)
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

    @POST
    @Path("/folders")
    @Operation(operationId = "createFolder", summary = "Create a folder or a project", description = "Makes a folder in another one. Without parent_id, makes a project together with its own folder, which is the answer.")
    public Uni<WorkatoFolder> create(WorkatoFolder.Input input) {
        WorkatoFolder.Input body = WorkatoInput.body(input);
        return projects.create(current.caller(), new NewFolder(body.name(), body.parentId(), body.description()))
                .map(WorkatoFolder::of);
    }

    @GET
    @Path("/folders/{id}")
    @Operation(operationId = "getFolder", summary = "Get a folder")
    public Uni<WorkatoFolder> folder(@PathParam("id") String id) {
        return projects.get(current.caller(), WorkatoInput.pathId("Folder", id)).map(WorkatoFolder::of);
    }

    @PUT
    @Path("/folders/{id}")
    @Operation(operationId = "updateFolder", summary = "Rename or describe a folder", description = "What is left out stays as it is. The own folder of a project gives the project its name.")
    public Uni<WorkatoFolder> update(@PathParam("id") String id, WorkatoFolder.Change change) {
        long folder = WorkatoInput.pathId("Folder", id);
        WorkatoFolder.Change body = WorkatoInput.body(change);
        return projects.change(current.caller(), folder, new FolderChange(body.name(), body.description()))
                .map(WorkatoFolder::of);
    }

    @DELETE
    @Path("/folders/{id}")
    @Operation(operationId = "deleteFolder", summary = "Delete a folder", description = "Deletes a folder and the folders below it, if there is nothing else in any of them.")
    public Uni<WorkatoSuccess> delete(@PathParam("id") String id) {
        return projects.delete(current.caller(), WorkatoInput.pathId("Folder", id))
                .replaceWith(new WorkatoSuccess(true));
    }

    @DELETE
    @Path("/projects/{id}")
    @Operation(operationId = "deleteProject", summary = "Delete a project", description = "Deletes a project and its folders, if there is nothing else in it.")
    public Uni<WorkatoSuccess> deleteProject(@PathParam("id") String id) {
        return projects.deleteProject(current.caller(), WorkatoInput.pathId("Project", id))
                .replaceWith(new WorkatoSuccess(true));
    }
}
