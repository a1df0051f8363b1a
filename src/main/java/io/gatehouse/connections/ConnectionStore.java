package io.gatehouse.connections;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** Every query of this room. */
@Singleton
class ConnectionStore implements PanacheRepository<ConnectionEntity> {

    Uni<ConnectionEntity> one(Caller caller, long id) {
        return find("workspaceId = ?1 and id = ?2", caller.workspaceId(), id).firstResult()
                .map(row -> row == null || !caller.sees(row.projectId) ? null : row);
    }

    /** The same, held until the transaction ends, so that writers follow one another. */
    Uni<ConnectionEntity> hold(Caller caller, long id) {
        return find("workspaceId = ?1 and id = ?2", caller.workspaceId(), id).withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult().map(row -> row == null || !caller.sees(row.projectId) ? null : row);
    }

    /** The same, kept from being deleted until the transaction ends. */
    Uni<ConnectionEntity> pinned(Caller caller, long id) {
        return Panache.getSession().chain(session -> session.createNativeQuery(
                "select * from connection where workspace_id = ?1 and id = ?2 for key share", ConnectionEntity.class)
                .setParameter(1, caller.workspaceId()).setParameter(2, id).getSingleResultOrNull())
                .map(row -> row == null || !caller.sees(row.projectId) ? null : row);
    }

    Uni<Page<Connection>> page(Caller caller, Page.Slice slice) {
        return find("workspaceId = ?1 and (?2 = true or projectId in ?3) order by createdAt, id", caller.workspaceId(),
                caller.seesAllProjects(), caller.onlyProjects())
                .range(slice.offset(), slice.offset() + slice.limit()).list()
                .map(rows -> slice.of(rows).map(ConnectionEntity::toConnection));
    }
}
