package io.gatehouse.connections;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Every query of this room. */
@Singleton
class ConnectionStore implements PanacheRepository<ConnectionEntity> {

    Uni<ConnectionEntity> one(Caller caller, long id) {
        return find("workspaceId = ?1 and id = ?2", caller.workspaceId(), id).firstResult()
                .map(row -> row == null || !caller.sees(row.projectId) ? null : row);
    }

    Uni<Page<Connection>> page(Caller caller, Page.Slice slice) {
        return find("workspaceId = ?1 and (?2 = true or projectId in ?3) order by createdAt, id", caller.workspaceId(),
                caller.seesAllProjects(), caller.onlyProjects())
                .range(slice.offset(), slice.offset() + slice.limit()).list()
                .map(rows -> slice.of(rows).map(ConnectionEntity::toConnection));
    }
}
