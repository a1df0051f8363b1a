package io.gatehouse.access.people;

import java.util.Collection;
import java.util.List;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The queries for groups. */
@Singleton
class UserGroupStore implements PanacheRepository<UserGroupEntity> {

    Uni<UserGroupEntity> one(long workspaceId, long id) {
        return find("workspaceId = ?1 and id = ?2", workspaceId, id).firstResult();
    }

    /** Held until the transaction ends, in an order that lets no two wait for each other. */
    Uni<List<UserGroupEntity>> lock(long workspaceId, Collection<Long> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(List.of())
                : find("workspaceId = ?1 and id in ?2 order by id", workspaceId, ids)
                        .withLock(LockModeType.PESSIMISTIC_WRITE).list();
    }

    /** Those with one of these names and those that a claim has put the person into, held in the same way. */
    Uni<List<UserGroupEntity>> lockClaimed(long workspaceId, Collection<String> names, long userId) {
        return getSession().chain(session -> session.createNativeQuery("""
                select * from user_group where workspace_id = :workspace and (name in (:names)
                    or id in (select group_id from user_group_member where user_id = :user and claimed))
                order by id for update""", UserGroupEntity.class).setParameter("workspace", workspaceId)
                .setParameter("names", names.isEmpty() ? List.of("") : names).setParameter("user", userId)
                .getResultList());
    }

    Uni<UserGroupEntity> lock(long workspaceId, long id) {
        return lock(workspaceId, List.of(id)).map(rows -> rows.isEmpty() ? null : rows.get(0));
    }

    Uni<Page<UserGroupEntity>> page(long workspaceId, Page.Slice slice) {
        return find("workspaceId = ?1 order by createdAt, id", workspaceId)
                .range(slice.offset(), slice.offset() + slice.limit()).list().map(slice::of);
    }

    /** Those of these groups that there are; they stay until the transaction ends. */
    Uni<List<UserGroupEntity>> pin(long workspaceId, Collection<Long> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(List.of())
                : getSession().chain(session -> session.createNativeQuery("""
                        select * from user_group where workspace_id = :workspace and id in (:ids)
                        order by id for key share""", UserGroupEntity.class).setParameter("workspace", workspaceId)
                        .setParameter("ids", ids).getResultList());
    }
}
