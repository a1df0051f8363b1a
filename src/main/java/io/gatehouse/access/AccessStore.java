package io.gatehouse.access;

import java.util.function.Function;

import org.hibernate.reactive.mutiny.Mutiny;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for workspaces, and for who may manage them. */
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

    <T> Uni<T> persist(T entity) {
        return session(s -> s.persist(entity).call(s::flush)).replaceWith(entity);
    }

    private static <T> Uni<T> session(Function<Mutiny.Session, Uni<? extends T>> work) {
        return Panache.getSession().chain(work);
    }
}
