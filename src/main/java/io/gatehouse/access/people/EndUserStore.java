package io.gatehouse.access.people;

import java.time.Instant;
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

    /** In whichever capitals. */
    Uni<EndUserEntity> byEmail(long workspaceId, String email) {
        return find("workspaceId = ?1 and lower(email) = lower(?2)", workspaceId, email).firstResult();
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

    /** Takes the place of the person's earlier invitation. */
    Uni<Void> invite(long id, String digest, Instant until) {
        return getSession().chain(session -> session.createNativeQuery("""
                insert into invitation (user_id, digest, expires_at) values (?1, ?2, ?3)
                on conflict (user_id) do update set digest = excluded.digest, expires_at = excluded.expires_at""")
                .setParameter(1, id).setParameter(2, digest).setParameter(3, until).executeUpdate()).replaceWithVoid();
    }

    /** Whom an invitation that holds is for. */
    Uni<EndUserEntity> invited(String digest, Instant now) {
        return getSession().chain(session -> session.createNativeQuery("""
                select u.* from end_user u join invitation i on i.user_id = u.id
                where i.digest = ?1 and i.expires_at > ?2 and u.active""", EndUserEntity.class)
                .setParameter(1, digest).setParameter(2, now).getSingleResultOrNull());
    }

    Uni<Void> disinvite(long id) {
        return getSession().chain(session -> session.createNativeQuery("delete from invitation where user_id = ?1")
                .setParameter(1, id).executeUpdate()).replaceWithVoid();
    }

    /** Takes back what nobody can use any more. */
    Uni<Void> disinvite(Instant now) {
        return getSession().chain(session -> session.createNativeQuery("delete from invitation where expires_at <= ?1")
                .setParameter(1, now).executeUpdate()).replaceWithVoid();
    }
}
