package io.gatehouse.access.people;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The queries for people. Whoever writes holds groups before people, so that no two wait for each other. */
@Singleton
class EndUserStore implements PanacheRepository<EndUserEntity> {

    Uni<EndUserEntity> one(long workspaceId, long id) {
        return find("workspaceId = ?1 and id = ?2", workspaceId, id).firstResult();
    }

    /** Held until the transaction ends. */
    Uni<EndUserEntity> lock(long workspaceId, long id) {
        return find("workspaceId = ?1 and id = ?2", workspaceId, id).withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** Held to delete it, so that it gets into no group meanwhile. */
    Uni<EndUserEntity> seize(long workspaceId, long id) {
        return getSession().chain(session -> session.createNativeQuery(
                "select * from end_user where workspace_id = ?1 and id = ?2 for update", EndUserEntity.class)
                .setParameter(1, workspaceId).setParameter(2, id).getSingleResultOrNull());
    }

    Uni<Page<EndUserEntity>> page(long workspaceId, Page.Slice slice) {
        return find("workspaceId = ?1 order by createdAt, id", workspaceId)
                .range(slice.offset(), slice.offset() + slice.limit()).list().map(slice::of);
    }

    /** Those of these people that there are; they stay until the transaction ends. */
    Uni<Set<Long>> pin(long workspaceId, Collection<Long> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(Set.of())
                : getSession().chain(session -> session.createNativeQuery("""
                        select id from end_user where workspace_id = :workspace and id in (:ids)
                        order by id for key share""", Long.class).setParameter("workspace", workspaceId)
                        .setParameter("ids", ids).getResultList())
                        .map((List<Long> rows) -> rows.stream().collect(Collectors.toSet()));
    }
}
