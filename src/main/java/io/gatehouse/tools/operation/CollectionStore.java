package io.gatehouse.tools.operation;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The queries for collections. */
@Singleton
class CollectionStore implements PanacheRepository<CollectionEntity> {

    /** Held until the transaction ends, so that writers follow one another. */
    Uni<CollectionEntity> lock(long workspaceId, long id) {
        return find("workspaceId = ?1 and id = ?2", workspaceId, id).withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** @param projectId null for every project */
    Uni<Page<ApiCollection>> page(long workspaceId, Long projectId, Page.Slice slice) {
        return find("workspaceId = ?1 and (?2 is null or projectId = ?2) order by createdAt, id", workspaceId, projectId)
                .range(slice.offset(), slice.offset() + slice.limit()).list()
                .map(rows -> slice.of(rows).map(CollectionEntity::toCollection));
    }
}
