package io.gatehouse.access;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import org.hibernate.reactive.mutiny.Mutiny;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/**
 * The queries for projects and folders. Whoever writes holds the project before a folder of it, so that no two wait for
 * each other.
 */
@Singleton
class ProjectStore {

    private static final String SEEN = "workspaceId = ?1 and (?2 = true or projectId in ?3)";

    Uni<Page<Project>> projects(Caller caller, Page.Slice slice) {
        return session(s -> seen(caller, s.createSelectionQuery("""
                select new io.gatehouse.access.Project(p.id, p.name, f.description, f.id, p.createdAt, f.updatedAt)
                from ProjectEntity p join FolderEntity f on f.projectId = p.id and f.parentId is null
                where p.workspaceId = ?1 and (?2 = true or p.id in ?3) order by p.createdAt, p.id""", Project.class))
                .setFirstResult(slice.offset()).setMaxResults(slice.limit() + 1).getResultList()).map(slice::of);
    }

    /** @param parentId null for all folders */
    Uni<Page<Folder>> folders(Caller caller, Long parentId, Page.Slice slice) {
        return session(s -> page(seen(caller, s.createSelectionQuery("from FolderEntity where " + SEEN
                + " and (?4 is null or parentId = ?4) order by createdAt, id", FolderEntity.class))
                .setParameter(4, parentId), slice)).map(rows -> slice.of(rows).map(FolderEntity::toFolder));
    }

    /** The own folders of projects. */
    Uni<Page<Folder>> roots(Caller caller, Page.Slice slice) {
        return session(s -> page(seen(caller, s.createSelectionQuery("from FolderEntity where " + SEEN
                + " and parentId is null order by createdAt, id", FolderEntity.class)), slice))
                .map(rows -> slice.of(rows).map(FolderEntity::toFolder));
    }

    Uni<List<FolderEntity>> ownFolders(Collection<Long> projectIds) {
        return session(s -> s.createSelectionQuery("from FolderEntity where parentId is null and projectId in ?1",
                FolderEntity.class).setParameter(1, projectIds).getResultList());
    }

    private static Uni<List<FolderEntity>> page(Mutiny.SelectionQuery<FolderEntity> query, Page.Slice slice) {
        return query.setFirstResult(slice.offset()).setMaxResults(slice.limit() + 1).getResultList();
    }

    Uni<FolderEntity> folder(Caller caller, long id) {
        return session(s -> seen(caller, s.createSelectionQuery("from FolderEntity where " + SEEN + " and id = ?4",
                FolderEntity.class)).setParameter(4, id).getSingleResultOrNull());
    }

    Uni<FolderEntity> folder(Caller caller, String objectId) {
        return session(s -> seen(caller, s.createSelectionQuery("from FolderEntity where " + SEEN
                + " and objectId = ?4", FolderEntity.class)).setParameter(4, objectId).getSingleResultOrNull());
    }

    /** The same as {@link #folder}, kept from being deleted until the transaction ends, with its project. */
    Uni<FolderEntity> pinned(Caller caller, long id) {
        return session(s -> s.createNativeQuery("""
                select f.* from project p join folder f on f.project_id = p.id
                where p.workspace_id = ?1 and f.id = ?2 for key share""", FolderEntity.class)
                .setParameter(1, caller.workspaceId()).setParameter(2, id).getSingleResultOrNull())
                .map(row -> row == null || !caller.sees(row.projectId) ? null : row);
    }

    /** Whether there is the project, which is kept from being deleted until the transaction ends. */
    Uni<Boolean> pinProject(Caller caller, long id) {
        return locked(caller, id, "for key share");
    }

    /** The same, held for changes to it and to its folders. */
    Uni<Boolean> holdProject(Caller caller, long id) {
        return locked(caller, id, "for no key update");
    }

    /** The same, held to delete it. */
    Uni<Boolean> seizeProject(Caller caller, long id) {
        return locked(caller, id, "for update");
    }

    private static Uni<Boolean> locked(Caller caller, long id, String how) {
        return session(s -> s.createNativeQuery("select id from project where workspace_id = ?1 and id = ?2 " + how,
                Long.class).setParameter(1, caller.workspaceId()).setParameter(2, id).getSingleResultOrNull())
                .map(found -> found != null && caller.sees(found));
    }

    /** The project that a folder is of, without the folder itself, or null. */
    Uni<Long> projectOf(Caller caller, long folderId) {
        return session(s -> seen(caller, s.createSelectionQuery("select projectId from FolderEntity where " + SEEN
                + " and id = ?4", Long.class)).setParameter(4, folderId).getSingleResultOrNull());
    }

    /** Held until the transaction ends; its project has to be held already. */
    Uni<FolderEntity> hold(long id) {
        return session(s -> s.find(FolderEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Uni<ProjectEntity> project(long id) {
        return session(s -> s.find(ProjectEntity.class, id));
    }

    /** How many folders there are from the project's own down to this one. */
    Uni<Long> depth(long folderId) {
        return session(s -> s.createNativeQuery("""
                with recursive up as (
                    select id, parent_id from folder where id = ?1
                    union all select f.id, f.parent_id from folder f join up on f.id = up.parent_id)
                select count(*) from up""", Long.class).setParameter(1, folderId).getSingleResult());
    }

    /** The folder and all below it. */
    Uni<List<FolderEntity>> tree(long folderId) {
        return session(s -> s.createNativeQuery("""
                with recursive below as (
                    select * from folder where id = ?1
                    union all select f.* from folder f join below on f.parent_id = below.id)
                select * from below order by id""", FolderEntity.class).setParameter(1, folderId).getResultList());
    }

    /** Every folder of a project. */
    Uni<List<FolderEntity>> all(long projectId) {
        return session(s -> s.createSelectionQuery("from FolderEntity where projectId = ?1 order by id",
                FolderEntity.class).setParameter(1, projectId).getResultList());
    }

    Uni<Void> deleteFolders(List<FolderEntity> rows) {
        return session(s -> s.createMutationQuery("delete from FolderEntity where id in ?1")
                .setParameter(1, rows.stream().map(row -> row.id).toList()).executeUpdate()).replaceWithVoid();
    }

    Uni<Void> deleteProject(long id) {
        return session(s -> s.createMutationQuery("delete from ProjectEntity where id = ?1").setParameter(1, id)
                .executeUpdate()).replaceWithVoid();
    }

    <T> Uni<T> persist(T entity) {
        return session(s -> s.persist(entity).call(s::flush)).replaceWith(entity);
    }

    private static <T> Mutiny.SelectionQuery<T> seen(Caller caller, Mutiny.SelectionQuery<T> query) {
        return query.setParameter(1, caller.workspaceId()).setParameter(2, caller.seesAllProjects())
                .setParameter(3, caller.onlyProjects());
    }

    private static <T> Uni<T> session(Function<Mutiny.Session, Uni<? extends T>> work) {
        return Panache.getSession().chain(work);
    }
}
