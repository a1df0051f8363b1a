package io.gatehouse.access;

import java.util.function.Function;

import org.hibernate.reactive.mutiny.Mutiny;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for workspaces. */
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

    Uni<WorkspaceEntity> workspace(long id) {
        return session(s -> s.find(WorkspaceEntity.class, id));
    }

    <T> Uni<T> persist(T entity) {
        return session(s -> s.persist(entity).call(s::flush)).replaceWith(entity);
    }

    private static <T> Uni<T> session(Function<Mutiny.Session, Uni<? extends T>> work) {
        return Panache.getSession().chain(work);
    }
}
