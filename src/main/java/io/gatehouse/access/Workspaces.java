package io.gatehouse.access;

import java.time.Clock;
import java.util.UUID;

import io.gatehouse.kernel.ObjectId;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Founds the workspace of a new deployment, and lets its operator in. */
@Singleton
public class Workspaces {

    private static final String ADMINISTRATOR = "administrator";

    private final AccessStore store;
    private final SigningKeys keys;
    private final ManagementTokens tokens;
    private final Clock clock;

    @Inject
    Workspaces(AccessStore store, SigningKeys keys, ManagementTokens tokens, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.tokens = tokens;
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
    @WithSession
    public Uni<Boolean> hasClients() {
        return store.hasClients();
    }

    /** A new client of the first workspace with every privilege, for its operator; the token is shown only here. */
    @WithTransaction
    public Uni<String> createAdministrator() {
        return store.firstWorkspace().chain(workspace -> {
            ApiClientEntity client = new ApiClientEntity();
            client.workspaceId = workspace.id;
            client.name = ADMINISTRATOR;
            client.tokenId = UUID.randomUUID();
            client.createdAt = clock.instant();
            client.updatedAt = client.createdAt;
            client.objectId = ObjectId.create(client.createdAt);
            client.roleId = 1;
            client.allProjects = true;
            client.ipAllowList = "[]";
            return store.persist(client);
        }).chain(tokens::sign);
    }
}
