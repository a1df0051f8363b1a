package io.gatehouse.access;

import java.time.Clock;
import java.util.EnumSet;

import io.gatehouse.access.clients.ApiClients;
import io.gatehouse.access.clients.IssuedClient;
import io.gatehouse.access.clients.NewClient;
import io.gatehouse.access.keys.SigningKeys;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Permission;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Founds the workspace of a new deployment, and lets its operator in. */
@Singleton
public class Workspaces {

    private static final String ADMINISTRATOR = "administrator";
    private static final String SYSTEM = "system";

    private final AccessStore store;
    private final SigningKeys keys;
    private final ApiClients clients;
    private final Clock clock;

    @Inject
    Workspaces(AccessStore store, SigningKeys keys, ApiClients clients, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * Makes the signing key, the workspace and its first project, unless they exist. Several replicas may call it at
     * once.
     *
     * @return whether this call founded the workspace
     */
    @WithTransaction
    public Uni<Boolean> found() {
        return store.lockFounding().chain(store::firstWorkspace).chain(existing -> existing != null
                ? Uni.createFrom().item(false)
                : keys.create().chain(this::createWorkspace).replaceWith(true));
    }

    private Uni<FolderEntity> createWorkspace() {
        WorkspaceEntity workspace = new WorkspaceEntity();
        workspace.name = "Default workspace";
        workspace.createdAt = clock.instant();
        workspace.objectId = ObjectId.create(workspace.createdAt);
        return store.persist(workspace).chain(() -> {
            ProjectEntity project = new ProjectEntity();
            project.workspaceId = workspace.id;
            project.name = "Home";
            project.createdAt = clock.instant();
            return store.persist(project);
        }).chain(project -> {
            FolderEntity folder = new FolderEntity();
            folder.workspaceId = project.workspaceId;
            folder.projectId = project.id;
            folder.name = project.name;
            folder.createdAt = clock.instant();
            folder.updatedAt = folder.createdAt;
            folder.objectId = ObjectId.create(folder.createdAt);
            return store.persist(folder);
        });
    }

    /** Whether anybody can use the management API yet. */
    public Uni<Boolean> hasClients() {
        return clients.exist();
    }

    /** The id of the workspace whose people this deployment knows. */
    @WithSession
    public Uni<Long> only() {
        return store.firstWorkspace().map(workspace -> workspace.id);
    }

    @WithSession
    public Uni<Workspace> of(Caller caller) {
        return store.workspace(caller.workspaceId())
                .map(row -> new Workspace(row.id, row.objectId, row.name, row.createdAt));
    }

    /** A new client of the first workspace with every privilege, for its operator; the token is shown only here. */
    @WithTransaction
    public Uni<String> createAdministrator() {
        return store.firstWorkspace()
                .map(workspace -> new Caller(workspace.id, SYSTEM, EnumSet.allOf(Permission.class), null, Origin.SYSTEM))
                .chain(system -> clients.create(system, NewClient.administrator(ADMINISTRATOR, null, null)))
                .map(IssuedClient::token);
    }
}
