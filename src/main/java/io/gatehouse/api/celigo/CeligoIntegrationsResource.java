package io.gatehouse.api.celigo;

import java.net.URI;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.access.Folder;
import io.gatehouse.access.Projects;
import io.gatehouse.api.Current;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /v1/integrations}: the projects, by the ids of their own folders. */
@Path("/v1/integrations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Integrations")
public class CeligoIntegrationsResource {

    private final Projects projects;
    private final Current current;
    private final ObjectMapper json;

    @Inject
    CeligoIntegrationsResource(Projects projects, Current current, ObjectMapper json) {
        this.projects = projects;
        this.current = current;
        this.json = json;
    }

    @GET
    @Operation(operationId = "listIntegrations", summary = "List projects", description = "Oldest first; follow the Link header for more.")
    @APIResponse(responseCode = "200", description = "The projects", content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.ARRAY, implementation = CeligoIntegration.class)))
    @APIResponse(responseCode = "204", description = "The account has no project")
    public Uni<Response> list(@Context UriInfo uri) {
        CeligoQuery query = CeligoQuery.of(uri);
        return projects.roots(current.caller(), query.slice())
                .chain(page -> query.answer(page, folder -> json.valueToTree(CeligoIntegration.of(folder)),
                        () -> projects.roots(current.caller(), CeligoQuery.FIRST)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createIntegration", summary = "Create a project")
    @APIResponse(responseCode = "201", description = "The new project", content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoIntegration.class)))
    public Uni<Response> create(
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoIntegration.Request.class))) JsonNode body) {
        return projects.create(current.caller(), CeligoIntegration.draft(body)).map(own -> Response
                .created(URI.create("/v1/integrations/" + own.objectId())).entity(CeligoIntegration.of(own)).build());
    }

    @GET
    @Path("/{_id}")
    @Operation(operationId = "getIntegrationById", summary = "Get a project")
    public Uni<CeligoIntegration> get(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        return own(id).map(CeligoIntegration::of);
    }

    @PUT
    @Path("/{_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateIntegration", summary = "Rename or describe a project")
    public Uni<CeligoIntegration> update(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoIntegration.Request.class))) JsonNode body) {
        current.caller().require(Permission.EDIT_PROJECTS);
        return own(id).chain(own -> projects.change(current.caller(), own.id(), CeligoIntegration.change(body)))
                .map(CeligoIntegration::of);
    }

    @DELETE
    @Path("/{_id}")
    @Operation(operationId = "deleteIntegration", summary = "Delete a project that holds nothing")
    @ResponseStatus(204)
    public Uni<Void> delete(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        current.caller().require(Permission.EDIT_PROJECTS);
        return own(id).chain(own -> projects.deleteProject(current.caller(), own.projectId()));
    }

    private Uni<Folder> own(String id) {
        if (!ObjectId.isOne(id)) {
            throw unknown();
        }
        return projects.get(current.caller(), id).invoke(folder -> {
            if (!folder.isProject()) {
                throw unknown();
            }
        });
    }

    private static Problem unknown() {
        return Problem.notFound("Integration");
    }
}
