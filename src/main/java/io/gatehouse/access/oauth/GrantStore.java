package io.gatehouse.access.oauth;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import org.hibernate.reactive.mutiny.Mutiny;

import io.gatehouse.access.people.EndUser;
import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The queries for grants and what leads to them. */
@Singleton
class GrantStore {

    Uni<GrantEntity> grant(long id) {
        return session(s -> s.find(GrantEntity.class, id));
    }

    /** Held until the transaction ends; null when there is none. */
    <T> Uni<T> held(Class<T> kind, Object id) {
        return session(s -> s.find(kind, id, LockModeType.PESSIMISTIC_WRITE));
    }

    <T> Uni<T> persist(T entity) {
        return session(s -> s.persist(entity).call(s::flush)).replaceWith(entity);
    }

    /** With the codes that would lead to more. @return the grants that were good until now */
    Uni<List<Long>> endAll(long serverId, Instant now) {
        return session(s -> s.createNativeQuery("delete from oauth_code where server_id = ?1").setParameter(1, serverId)
                .executeUpdate()
                .chain(() -> s.createNativeQuery("""
                        update oauth_grant set revoked_at = ?2 where server_id = ?1 and revoked_at is null returning id""",
                        Long.class).setParameter(1, serverId).setParameter(2, now).getResultList()));
    }

    /** The good ones of a person as they are now, newest first. */
    Uni<Page<GrantEntity>> standing(EndUser person, Instant now, Page.Slice slice) {
        return session(s -> s.createSelectionQuery("""
                from GrantEntity where userId = ?1 and epoch = ?2 and revokedAt is null and expiresAt > ?3
                order by createdAt desc, id desc""", GrantEntity.class).setParameter(1, person.id())
                .setParameter(2, person.epoch()).setParameter(3, now).setFirstResult(slice.offset())
                .setMaxResults(slice.limit() + 1).getResultList()).map(slice::of);
    }

    /** What the person agreed to of that application at that server. */
    Uni<Void> forgetConsent(GrantEntity grant) {
        return grant.serverId == null ? Uni.createFrom().voidItem()
                : session(s -> s.createNativeQuery(
                        "delete from oauth_consent where user_id = ?1 and client_id = ?2 and server_id = ?3")
                        .setParameter(1, grant.userId).setParameter(2, grant.clientId).setParameter(3, grant.serverId)
                        .executeUpdate()).replaceWithVoid();
    }

    private static <T> Uni<T> session(Function<Mutiny.Session, Uni<? extends T>> work) {
        return Panache.getSession().chain(work);
    }
}
