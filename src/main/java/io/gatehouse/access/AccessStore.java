package io.gatehouse.access;

import java.util.function.Function;

import org.hibernate.reactive.mutiny.Mutiny;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Every query of this room. */
@Singleton
class AccessStore {

    /** Any number; held for the transaction, so that of several replicas that start at once one founds. */
    private static final long FOUNDING_LOCK = 4_711_001L;

    Uni<Void> lockFounding() {
        return session(s -> s.createNativeQuery("select cast(pg_advisory_xact_lock(?1) as text)", String.class)
                .setParameter(1, FOUNDING_LOCK).getSingleResultOrNull()).replaceWithVoid();
    }

    Uni<WorkspaceEntity> firstWorkspace() {
        return session(s -> s.createSelectionQuery("from WorkspaceEntity order by id", WorkspaceEntity.class)
                .setMaxResults(1).getSingleResultOrNull());
    }

    Uni<SigningKeyEntity> newestSigningKey() {
        return session(s -> s
                .createSelectionQuery("from SigningKeyEntity order by createdAt desc, id", SigningKeyEntity.class)
                .setMaxResults(1).getSingleResultOrNull());
    }

    Uni<SigningKeyEntity> signingKey(String id) {
        return session(s -> s.find(SigningKeyEntity.class, id));
    }

    Uni<ApiClientEntity> client(long id) {
        return session(s -> s.find(ApiClientEntity.class, id));
    }

    Uni<Boolean> hasClients() {
        return session(s -> s.createSelectionQuery("select count(*) from ApiClientEntity", Long.class)
                .getSingleResult()).map(n -> n > 0);
    }

    Uni<Page<Project>> projects(long workspaceId, Page.Slice slice) {
        return session(s -> s.createSelectionQuery("""
                select new io.gatehouse.access.Project(p.id, p.name, f.id, p.createdAt)
                from ProjectEntity p join FolderEntity f on f.projectId = p.id and f.parentId is null
                where p.workspaceId = ?1 order by p.createdAt, p.id""", Project.class)
                .setParameter(1, workspaceId).setFirstResult(slice.offset()).setMaxResults(slice.limit() + 1)
                .getResultList()).map(slice::of);
    }

    Uni<Page<Folder>> folders(long workspaceId, Long parentId, Page.Slice slice) {
        return session(s -> s.createSelectionQuery("""
                from FolderEntity where workspaceId = ?1 and (?2 is null or parentId = ?2)
                order by createdAt, id""", FolderEntity.class)
                .setParameter(1, workspaceId).setParameter(2, parentId)
                .setFirstResult(slice.offset()).setMaxResults(slice.limit() + 1).getResultList())
                .map(rows -> slice.of(rows).map(FolderEntity::toFolder));
    }

    Uni<FolderEntity> folder(long workspaceId, long id) {
        return session(s -> s.createSelectionQuery("from FolderEntity where workspaceId = ?1 and id = ?2",
                FolderEntity.class).setParameter(1, workspaceId).setParameter(2, id).getSingleResultOrNull());
    }

    Uni<Boolean> hasProject(long workspaceId, long id) {
        return session(s -> s.createSelectionQuery("select count(*) from ProjectEntity where workspaceId = ?1 and id = ?2",
                Long.class).setParameter(1, workspaceId).setParameter(2, id).getSingleResult()).map(n -> n > 0);
    }

    <T> Uni<T> persist(T entity) {
        return session(s -> s.persist(entity).call(s::flush)).replaceWith(entity);
    }

    private static <T> Uni<T> session(Function<Mutiny.Session, Uni<? extends T>> work) {
        return Panache.getSession().chain(work);
    }
}
