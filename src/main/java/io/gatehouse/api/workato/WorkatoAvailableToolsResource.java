package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.Folder;
import io.gatehouse.access.Projects;
import io.gatehouse.api.Current;
import io.gatehouse.kernel.Page;
import io.gatehouse.servers.catalogue.Catalogue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/mcp/available_tools}: the catalogue. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/mcp/available_tools")
@Tag(name = "Tool catalogue")
public class WorkatoAvailableToolsResource {

    private final Catalogue catalogue;
    private final Projects projects;
    private final Current current;

    @Inject
    WorkatoAvailableToolsResource(Catalogue catalogue, Projects projects, Current current) {
        this.catalogue = catalogue;
        this.projects = projects;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listAvailableTools", summary = "List the tools that servers can offer", description = "With a folder, those that a server in it can have: all of its project.")
    public Uni<WorkatoAvailableTool.Page> list(
            @QueryParam("folder_id") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String folderId,
            @QueryParam("search") @Parameter(description = "A part of the name, in any case") String search,
            @BeanParam WorkatoPaging paging) {
        Long folder = WorkatoInput.optionalLong("folder_id", folderId);
        Page.Slice slice = paging.slice();
        String part = WorkatoInput.search(search);
        return (folder == null ? Uni.createFrom().<Long> nullItem()
                : projects.folder(current.caller(), folder).map(Folder::projectId))
                .chain(project -> catalogue.available(current.caller(), project, part, slice))
                .map(page -> new WorkatoAvailableTool.Page(
                        page.items().stream().map(WorkatoAvailableTool::of).toList(), page.more()));
    }
}
