package io.gatehouse.access;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.journal.audit.Audit;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.database.Clash;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The door to projects and folders, where servers, collections and connections live. A project is seen from outside as
 * its own folder, which has no parent; both are made, renamed and deleted together.
 */
@Singleton
public class Projects {

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int DEEPEST = 20;

    private final ProjectStore store;
    private final Audit audit;
    private final Clock clock;
    private final Optional<Long> defaultFolder;

    @Inject
    Projects(ProjectStore store, Audit audit, Clock clock,
            @ConfigProperty(name = "gatehouse.default-folder-id") Optional<Long> defaultFolder) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.defaultFolder = defaultFolder;
    }

    @WithSession
    public Uni<Page<Project>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_PROJECTS);
        return store.projects(caller, slice);
    }

    /** @param parentId null for all folders */
    @WithSession
    public Uni<Page<Folder>> folders(Caller caller, Long parentId, Page.Slice slice) {
        caller.require(Permission.VIEW_PROJECTS);
        return store.folders(caller, parentId, slice);
    }

    /** The own folders of the projects. */
    @WithSession
    public Uni<Page<Folder>> roots(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_PROJECTS);
        return store.roots(caller, slice);
    }

    @WithSession
    public Uni<Folder> get(Caller caller, long id) {
        caller.require(Permission.VIEW_PROJECTS);
        return store.folder(caller, id).onItem().ifNull().failWith(Projects::noFolder).map(FolderEntity::toFolder);
    }

    @WithSession
    public Uni<Folder> get(Caller caller, String objectId) {
        caller.require(Permission.VIEW_PROJECTS);
        return store.folder(caller, objectId).onItem().ifNull().failWith(Projects::noFolder)
                .map(FolderEntity::toFolder);
    }

    /**
     * A folder that an input names, which stays until the caller's transaction ends; fails with INVALID on
     * {@code folder_id} when the caller sees no such folder.
     */
    @WithSession
    public Uni<Folder> folder(Caller caller, long id) {
        return named(caller, "folder_id", id);
    }

    /**
     * Where a thing goes that comes without a folder, as {@link #folder} has it: the one that the deployment has chosen,
     * or else the first project that the caller sees.
     */
    @WithSession
    public Uni<Folder> home(Caller caller) {
        return defaultFolder.isEmpty() ? first(caller)
                : folder(caller, defaultFolder.get()).onFailure(Problem.class).recoverWithUni(() -> first(caller));
    }

    private Uni<Folder> first(Caller caller) {
        return store.roots(caller, new Page.Slice(0, 1)).map(page -> page.items().stream().findFirst()
                .orElseThrow(() -> Problem.conflict("no_project", "There is no project that it could belong to")))
                .chain(first -> folder(caller, first.id()));
    }

    /** The own folders of these projects, by project. */
    @WithSession
    public Uni<Map<Long, Folder>> ownFolders(Collection<Long> projectIds) {
        return store.ownFolders(projectIds).map(rows -> rows.stream().map(FolderEntity::toFolder)
                .collect(Collectors.toMap(Folder::projectId, Function.identity())));
    }

    private Uni<Folder> named(Caller caller, String field, long id) {
        return store.pinned(caller, id).onItem().ifNull()
                .failWith(() -> Problem.invalidField(field, "invalid_ref", field + ": no such folder"))
                .map(FolderEntity::toFolder);
    }

    /**
     * Lets a project that an input names stay until the caller's transaction ends; fails with INVALID on
     * {@code project_id} when the caller sees no such project.
     */
    @WithSession
    public Uni<Void> requireProject(Caller caller, long id) {
        return store.pinProject(caller, id).invoke(has -> {
            if (!has) {
                throw Problem.invalidField("project_id", "invalid_ref", "project_id: no such project");
            }
        }).replaceWithVoid();
    }

    @WithTransaction
    public Uni<Folder> create(Caller caller, NewFolder draft) {
        caller.require(Permission.EDIT_PROJECTS);
        FolderEntity row = new FolderEntity();
        row.name = Text.required("name", draft.name(), LONGEST_NAME);
        row.description = description(draft.description());
        row.workspaceId = caller.workspaceId();
        row.parentId = draft.parentId();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        row.objectId = ObjectId.create(row.createdAt);
        return (row.parentId == null ? newProject(caller, row) : parent(caller, row.parentId))
                .invoke(projectId -> row.projectId = projectId)
                .chain(() -> store.persist(row))
                .call(() -> audit.note(caller, FolderDeeds.created(row)))
                .map(FolderEntity::toFolder);
    }

    private Uni<Long> newProject(Caller caller, FolderEntity own) {
        caller.requireWholeWorkspace();
        ProjectEntity project = new ProjectEntity();
        project.workspaceId = own.workspaceId;
        project.name = own.name;
        project.createdAt = own.createdAt;
        return store.persist(project).map(row -> row.id);
    }

    private Uni<Long> parent(Caller caller, long id) {
        return named(caller, "parent_id", id).call(() -> store.depth(id).invoke(depth -> {
            if (depth >= DEEPEST) {
                throw Problem.invalidField("parent_id", "too_deep",
                        "parent_id: folders can be nested " + DEEPEST + " deep at most");
            }
        })).map(Folder::projectId);
    }

    /** Renames or describes a folder; with the own folder of a project, the project. */
    @WithTransaction
    public Uni<Folder> change(Caller caller, long id, FolderChange change) {
        caller.require(Permission.EDIT_PROJECTS);
        String name = change.name() == null ? null : Text.required("name", change.name(), LONGEST_NAME);
        String description = description(change.description());
        return hold(caller, id).chain(row -> {
            Map<String, Object> before = FolderDeeds.fields(row);
            row.name = name == null ? row.name : name;
            row.description = change.description() == null ? row.description : description;
            if (before.equals(FolderDeeds.fields(row))) {
                return Uni.createFrom().item(row.toFolder());
            }
            row.updatedAt = clock.instant();
            return (row.parentId == null ? store.project(row.projectId).invoke(own -> own.name = row.name)
                    : Uni.createFrom().nullItem())
                    .chain(() -> audit.note(caller, FolderDeeds.changed(row, before)))
                    .map(done -> row.toFolder());
        });
    }

    private Uni<FolderEntity> hold(Caller caller, long id) {
        return store.projectOf(caller, id).onItem().ifNull().failWith(Projects::noFolder)
                .chain(project -> store.holdProject(caller, project))
                .chain(held -> held ? store.hold(id) : Uni.createFrom().nullItem())
                .onItem().ifNull().failWith(Projects::noFolder);
    }

    /** Deletes a folder with the folders below it, if none of them holds anything; not the own folder of a project. */
    @WithTransaction
    public Uni<Void> delete(Caller caller, long id) {
        caller.require(Permission.EDIT_PROJECTS);
        return hold(caller, id).invoke(row -> {
            if (row.parentId == null) {
                throw Problem.invalid("project_folder", "This is the own folder of a project: delete the project");
            }
        }).chain(() -> store.tree(id)).call(rows -> refused(store.deleteFolders(rows), "folder_not_empty",
                "The folder, or one below it, still holds servers or other things; perhaps in the recycle bin"))
                .chain(rows -> audit.note(caller, FolderDeeds.deleted(rows)));
    }

    /** Deletes a project with its folders, if none of them and nothing else is left in it. */
    @WithTransaction
    public Uni<Void> deleteProject(Caller caller, long id) {
        caller.require(Permission.EDIT_PROJECTS);
        return store.seizeProject(caller, id).chain(seized -> {
            if (!seized) {
                throw Problem.notFound("Project");
            }
            return store.all(id);
        }).call(rows -> refused(store.deleteFolders(rows).chain(() -> store.deleteProject(id)), "project_not_empty",
                "The project still holds servers, connections, collections or other things; perhaps in the recycle bin"))
                .chain(rows -> audit.note(caller, FolderDeeds.deleted(rows)));
    }

    private static Uni<Void> refused(Uni<Void> deletion, String code, String message) {
        return deletion.onFailure(Clash::isReference).transform(failure -> Problem.conflict(code, message));
    }

    private static String description(String text) {
        return text == null || text.isBlank() ? null : Text.bounded("description", text.strip(), LONGEST_DESCRIPTION);
    }

    private static Problem noFolder() {
        return Problem.notFound("Folder");
    }
}
