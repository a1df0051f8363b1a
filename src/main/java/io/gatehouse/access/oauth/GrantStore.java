package io.gatehouse.access.oauth;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import org.hibernate.reactive.mutiny.Mutiny;

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

    private static <T> Uni<T> session(Function<Mutiny.Session, Uni<? extends T>> work) {
        return Panache.getSession().chain(work);
    }
}
