package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.clients.ApiClients;
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
import jakarta.ws.rs.core.MediaType;

/** {@code /api/developer_api_clients}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/developer_api_clients")
@Tag(name = "API clients")
public class WorkatoClientsResource {

    private static final String WHAT = "API client";

    private final ApiClients clients;
    private final Current current;

    @Inject
    WorkatoClientsResource(ApiClients clients, Current current) {
        this.clients = clients;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listApiClients", summary = "List API clients", description = "Who can use this management API, oldest first.")
    public Uni<WorkatoClient.Page> list(@BeanParam WorkatoPaging paging) {
        return clients.list(current.caller(), paging.slice()).map(page -> new WorkatoClient.Page(
                page.items().stream().map(WorkatoClientMapper::wire).toList(), page.more()));
    }

    @POST
    @Operation(operationId = "createApiClient", summary = "Create an API client", description = "Lets a new client in. Its role and its projects may not go beyond those of the client that asks. The token is in this answer only.")
    public Uni<WorkatoClient> create(WorkatoClient.Input input) {
        return clients.create(current.caller(), WorkatoClientMapper.draft(input)).map(WorkatoClientMapper::wire);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getApiClient", summary = "Get an API client")
    public Uni<WorkatoClient> get(@PathParam("id") String id) {
        return clients.get(current.caller(), WorkatoInput.pathId(WHAT, id)).map(WorkatoClientMapper::wire);
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateApiClient", summary = "Update an API client", description = "What is left out stays as it is. The change holds from the client's next request on. The last client with every privilege keeps them.")
    public Uni<WorkatoClient> update(@PathParam("id") String id, WorkatoClient.Input input) {
        long client = WorkatoInput.pathId(WHAT, id);
        return clients.change(current.caller(), client, WorkatoClientMapper.change(input))
                .map(WorkatoClientMapper::wire);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteApiClient", summary = "Delete an API client", description = "Its token is refused from then on. The last client with every privilege can't be deleted.")
    public Uni<WorkatoSuccess> delete(@PathParam("id") String id) {
        return clients.delete(current.caller(), WorkatoInput.pathId(WHAT, id)).replaceWith(new WorkatoSuccess(true));
    }

    @POST
    @Path("/{id}/regenerate")
    @Operation(operationId = "regenerateApiClientToken", summary = "Regenerate the token of an API client", description = "Gives a fresh token, in this answer only. The old one is refused from then on.")
    public Uni<WorkatoClient> regenerate(@PathParam("id") String id) {
        return clients.regenerate(current.caller(), WorkatoInput.pathId(WHAT, id)).map(WorkatoClientMapper::wire);
    }
}
