package io.gatehouse.connections;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Every query of this room. */
@Singleton
class ConnectionStore implements PanacheRepository<ConnectionEntity> {

    Uni<ConnectionEntity> one(long workspaceId, long id) {
        return find("workspaceId = ?1 and id = ?2", workspaceId, id).firstResult();
    }

    Uni<Page<Connection>> page(long workspaceId, Page.Slice slice) {
        return find("workspaceId = ?1 order by createdAt, id", workspaceId)
                .range(slice.offset(), slice.offset() + slice.limit()).list()
                .map(rows -> slice.of(rows).map(ConnectionEntity::toConnection));
    }
}
