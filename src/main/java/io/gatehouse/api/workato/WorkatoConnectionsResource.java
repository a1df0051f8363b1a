package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.api.Current;
import io.gatehouse.connections.Connections;
import io.gatehouse.tools.operation.ApiCollections;
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

/** {@code /api/connections}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/connections")
@Tag(name = "Connections")
public class WorkatoConnectionsResource {

    private static final String WHAT = "Connection";

    private final Connections connections;
    private final ApiCollections collections;
    private final Current current;

    @Inject
    WorkatoConnectionsResource(Connections connections, ApiCollections collections, Current current) {
        this.connections = connections;
        this.collections = collections;
        this.current = current;
    }

    @POST
    @Operation(operationId = "createConnection", summary = "Create a connection", description = "Keeps a credential to a back end, encrypted. With api_collection_id, the collection uses it from "
            + "now on, and its document says in which header, query parameter or cookie the credential goes.")
    public Uni<WorkatoConnection> create(WorkatoConnection.Input input) {
        WorkatoConnection.Input body = WorkatoInput.body(input);
        return (body.apiCollectionId() == null
                ? connections.create(current.caller(), WorkatoConnectionMapper.draft(body))
                : collections.connect(current.caller(), body.apiCollectionId(), WorkatoConnectionMapper.wish(body)))
                .map(WorkatoConnection::of);
    }

    @GET
    @Operation(operationId = "listConnections", summary = "List connections")
    public Uni<WorkatoConnection.Page> list(@BeanParam WorkatoPaging paging) {
        return connections.list(current.caller(), paging.slice()).map(page -> new WorkatoConnection.Page(
                page.items().stream().map(WorkatoConnection::of).toList(), page.more()));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getConnection", summary = "Get a connection")
    public Uni<WorkatoConnection> get(@PathParam("id") String id) {
        return connections.get(current.caller(), WorkatoInput.pathId(WHAT, id)).map(WorkatoConnection::of);
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateConnection", summary = "Update a connection", description = "What is left out stays as it is. When the answer comes, every replica uses the connection as it is now.")
    public Uni<WorkatoConnection> update(@PathParam("id") String id, WorkatoConnection.Change change) {
        long connection = WorkatoInput.pathId(WHAT, id);
        WorkatoConnection.Change body = WorkatoInput.body(change);
        return connections.change(current.caller(), connection,
                present -> WorkatoConnectionMapper.change(body, present)).map(WorkatoConnection::of);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteConnection", summary = "Delete a connection", description = "Not while an API collection or anything else reaches its back end through it.")
    public Uni<WorkatoSuccess> delete(@PathParam("id") String id) {
        return connections.delete(current.caller(), WorkatoInput.pathId(WHAT, id)).replaceWith(new WorkatoSuccess(true));
    }
}
