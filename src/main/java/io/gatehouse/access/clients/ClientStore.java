package io.gatehouse.access.clients;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.hibernate.reactive.mutiny.Mutiny;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for clients. What is deleted is found by nothing but the token's own look-up. */
@Singleton
class ClientStore {

    private static final String LIVE = "from ApiClientEntity c join fetch c.role where c.workspaceId = ?1"
            + " and c.deletedAt is null";

    /** Lets the writers of one workspace's clients and roles follow one another until their transactions end. */
    Uni<Void> hold(long workspaceId) {
        return session(s -> s.createNativeQuery("select id from workspace where id = ?1 for no key update", Long.class)
                .setParameter(1, workspaceId).getSingleResultOrNull()).replaceWithVoid();
    }

    /** Whatever has become of it. */
    Uni<ApiClientEntity> any(long id) {
        return session(s -> s.find(ApiClientEntity.class, id));
    }

    Uni<ApiClientEntity> one(long workspaceId, long id) {
        return session(s -> s.createSelectionQuery(LIVE + " and c.id = ?2", ApiClientEntity.class)
                .setParameter(1, workspaceId).setParameter(2, id).getSingleResultOrNull());
    }

    Uni<ApiClientEntity> one(long workspaceId, String objectId) {
        return session(s -> s.createSelectionQuery(LIVE + " and c.objectId = ?2", ApiClientEntity.class)
                .setParameter(1, workspaceId).setParameter(2, objectId).getSingleResultOrNull());
    }

    Uni<Page<ApiClientEntity>> page(long workspaceId, Page.Slice slice) {
        return session(s -> s.createSelectionQuery(LIVE + " order by c.createdAt, c.id", ApiClientEntity.class)
                .setParameter(1, workspaceId).setFirstResult(slice.offset()).setMaxResults(slice.limit() + 1)
                .getResultList()).map(slice::of);
    }

    Uni<Integer> purge(Instant before) {
        return session(s -> s.createMutationQuery("delete from ApiClientEntity where deletedAt <= ?1")
                .setParameter(1, before).executeUpdate());
    }

    Uni<Boolean> exist() {
        return session(s -> s.createSelectionQuery("select count(*) from ApiClientEntity where deletedAt is null",
                Long.class).getSingleResult()).map(n -> n > 0);
    }

    /** Whether a good client other than this one has one of these roles in all projects. */
    Uni<Boolean> hasAdministrator(long workspaceId, Collection<Long> roles, long exceptId, Instant now) {
        return session(s -> s.createSelectionQuery("""
                select count(*) from ApiClientEntity c where c.workspaceId = ?1 and c.role.id in ?2 and c.id <> ?3
                and c.allProjects and c.revokedAt is null and c.deletedAt is null
                and (c.expiresAt is null or c.expiresAt > ?4)""", Long.class)
                .setParameter(1, workspaceId).setParameter(2, roles).setParameter(3, exceptId).setParameter(4, now)
                .getSingleResult()).map(n -> n > 0);
    }

    /** The projects that are meant, by the ids that mean them; they stay until the transaction ends. */
    Uni<Map<Long, Long>> projects(long workspaceId, ProjectScope scope) {
        return scope.ids().isEmpty() ? Uni.createFrom().item(Map.of())
                : session(s -> s.createNativeQuery("""
                        select %s, p.id from project p join folder f on f.project_id = p.id and f.parent_id is null
                        where p.workspace_id = :workspace and %1$s in (:ids) order by p.id for key share of p"""
                        .formatted(scope.areFolders() ? "f.id" : "p.id"), Object[].class)
                        .setParameter("workspace", workspaceId).setParameter("ids", scope.ids()).getResultList())
                        .map(ClientStore::map);
    }

    /** The own folders of these projects, by project. */
    Uni<Map<Long, Long>> folders(Collection<Long> projects) {
        return projects.isEmpty() ? Uni.createFrom().item(Map.of())
                : session(s -> s.createSelectionQuery(
                        "select projectId, id from FolderEntity where parentId is null and projectId in ?1",
                        Object[].class).setParameter(1, projects).getResultList()).map(ClientStore::map);
    }

    private static Map<Long, Long> map(List<Object[]> rows) {
        return rows.stream().collect(Collectors.toMap(row -> ((Number) row[0]).longValue(),
                row -> ((Number) row[1]).longValue(), (one, same) -> one, HashMap::new));
    }

    <T> Uni<T> persist(T entity) {
        return session(s -> s.persist(entity).call(s::flush)).replaceWith(entity);
    }

    private static <T> Uni<T> session(Function<Mutiny.Session, Uni<? extends T>> work) {
        return Panache.getSession().chain(work);
    }
}
