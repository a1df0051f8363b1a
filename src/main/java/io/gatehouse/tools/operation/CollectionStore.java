package io.gatehouse.tools.operation;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The queries for collections. */
@Singleton
class CollectionStore implements PanacheRepository<CollectionEntity> {

    /** Held until the transaction ends, so that writers follow one another. */
    Uni<CollectionEntity> lock(Caller caller, long id) {
        return find("workspaceId = ?1 and id = ?2", caller.workspaceId(), id).withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult().map(row -> row == null || !caller.sees(row.projectId) ? null : row);
    }

    /** @param projectId null for every project */
    Uni<Page<ApiCollection>> page(Caller caller, Long projectId, Page.Slice slice) {
        return find("""
                workspaceId = ?1 and (?2 = true or projectId in ?3) and (?4 is null or projectId = ?4)
                order by createdAt, id""", caller.workspaceId(), caller.seesAllProjects(), caller.onlyProjects(), projectId)
                .range(slice.offset(), slice.offset() + slice.limit()).list()
                .map(rows -> slice.of(rows).map(CollectionEntity::toCollection));
    }
}
