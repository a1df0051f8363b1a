package io.gatehouse.api.celigo;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.access.Projects;
import io.gatehouse.api.Current;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Problem;
import io.gatehouse.servers.catalogue.Catalogue;
import io.gatehouse.servers.catalogue.CatalogueTool;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /v1/tools}: the catalogue, whose entries come from imported APIs and third-party MCP servers. */
@Path("/v1/tools")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tool catalogue")
public class CeligoToolsResource {

    private final Catalogue catalogue;
    private final Projects projects;
    private final Current current;
    private final ObjectMapper json;

    @Inject
    CeligoToolsResource(Catalogue catalogue, Projects projects, Current current, ObjectMapper json) {
        this.catalogue = catalogue;
        this.projects = projects;
        this.current = current;
        this.json = json;
    }

    @GET
    @Operation(operationId = "listTools", summary = "List the tools that servers can offer", description = "Oldest first; follow the Link header for more.")
    @APIResponse(responseCode = "200", description = "The tools", content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.ARRAY, implementation = CeligoTool.class)))
    @APIResponse(responseCode = "204", description = "The account has no tool")
    public Uni<Response> list(@Context UriInfo uri) {
        CeligoQuery query = CeligoQuery.of(uri);
        return catalogue.available(current.caller(), null, null, query.slice()).chain(this::tools)
                .chain(page -> query.answer(page, json::valueToTree,
                        () -> catalogue.available(current.caller(), null, null, CeligoQuery.FIRST)));
    }

    private Uni<Page<CeligoTool>> tools(Page<CatalogueTool> page) {
        List<Long> ids = page.items().stream().map(CatalogueTool::projectId).distinct().toList();
        return projects.ownFolders(ids)
                .map(folders -> page.map(tool -> CeligoTool.of(tool, folders.get(tool.projectId()))));
    }

    @GET
    @Path("/{_id}")
    @Operation(operationId = "getToolById", summary = "Get a tool that servers can offer")
    public Uni<CeligoTool> get(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        if (!ObjectId.isOne(id)) {
            throw Problem.notFound("Tool");
        }
        return catalogue.get(current.caller(), id)
                .chain(tool -> tools(new Page<>(List.of(tool), false)).map(page -> page.items().get(0)));
    }
}
