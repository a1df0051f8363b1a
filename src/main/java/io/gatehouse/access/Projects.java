package io.gatehouse.access;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to projects and folders, where servers, collections and connections live. */
@Singleton
public class Projects {

    private final AccessStore store;

    @Inject
    Projects(AccessStore store) {
        this.store = store;
    }

    @WithSession
    public Uni<Page<Project>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_PROJECTS);
        return store.projects(caller.workspaceId(), slice);
    }

    /** @param parentId null for all folders */
    @WithSession
    public Uni<Page<Folder>> folders(Caller caller, Long parentId, Page.Slice slice) {
        caller.require(Permission.VIEW_PROJECTS);
        return store.folders(caller.workspaceId(), parentId, slice);
    }

    /** A folder that an input names; fails with INVALID on {@code folder_id} when the caller sees no such folder. */
    @WithSession
    public Uni<Folder> folder(Caller caller, long id) {
        return store.folder(caller.workspaceId(), id).onItem().ifNull()
                .failWith(() -> Problem.invalidField("folder_id", "invalid_ref", "folder_id: no such folder"))
                .map(FolderEntity::toFolder);
    }

    /** Fails with INVALID on {@code project_id} when the caller sees no such project. */
    @WithSession
    public Uni<Void> requireProject(Caller caller, long id) {
        return store.hasProject(caller.workspaceId(), id).invoke(has -> {
            if (!has) {
                throw Problem.invalidField("project_id", "invalid_ref", "project_id: no such project");
            }
        }).replaceWithVoid();
    }
}
