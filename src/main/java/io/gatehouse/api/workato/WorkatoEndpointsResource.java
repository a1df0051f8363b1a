package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.api.Current;
import io.gatehouse.tools.operation.Endpoints;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/api_endpoints}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/api_endpoints")
@Tag(name = "API collections")
public class WorkatoEndpointsResource {

    private final Endpoints endpoints;
    private final Current current;

    @Inject
    WorkatoEndpointsResource(Endpoints endpoints, Current current) {
        this.endpoints = endpoints;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listApiEndpoints", summary = "List API endpoints", description = "The operations of one collection, or of all. Their ids are what assign_tools takes.")
    public Uni<WorkatoEndpoint.Page> list(
            @QueryParam("api_collection_id") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String collectionId,
            @BeanParam WorkatoPaging paging) {
        return endpoints
                .list(current.caller(), WorkatoInput.optionalLong("api_collection_id", collectionId), paging.slice())
                .map(page -> new WorkatoEndpoint.Page(page.items().stream().map(WorkatoEndpoint::of).toList(),
                        page.more()));
    }

    @PUT
    @Path("/{id}/enable")
    @Operation(operationId = "enableApiEndpoint", summary = "Enable an API endpoint")
    public Uni<WorkatoSuccess> enable(@PathParam("id") String id) {
        return switchTo(id, true);
    }

    @PUT
    @Path("/{id}/disable")
    @Operation(operationId = "disableApiEndpoint", summary = "Disable an API endpoint", description = "It vanishes at once from every MCP server that it is on, until it is enabled again.")
    public Uni<WorkatoSuccess> disable(@PathParam("id") String id) {
        return switchTo(id, false);
    }

    private Uni<WorkatoSuccess> switchTo(String id, boolean enabled) {
        return endpoints.enable(current.caller(), WorkatoInput.pathId("API endpoint", id), enabled)
                .replaceWith(new WorkatoSuccess(true));
    }
}
