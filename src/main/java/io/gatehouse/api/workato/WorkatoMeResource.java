package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.Workspaces;
import io.gatehouse.access.clients.ApiClients;
import io.gatehouse.api.Current;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/users/me}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/users/me")
@Tag(name = "API clients")
public class WorkatoMeResource {

    private final ApiClients clients;
    private final Workspaces workspaces;
    private final Current current;

    @Inject
    WorkatoMeResource(ApiClients clients, Workspaces workspaces, Current current) {
        this.clients = clients;
        this.workspaces = workspaces;
        this.current = current;
    }

    @GET
    @Operation(operationId = "getCurrentUser", summary = "Who am I", description = "The client that the token belongs to: its workspace, its role with the privileges, and the projects that it sees.")
    public Uni<WorkatoClient.Me> me() {
        return clients.self(current.caller()).chain(client -> workspaces.of(current.caller())
                .map(workspace -> WorkatoClientMapper.me(client, workspace)));
    }
}
