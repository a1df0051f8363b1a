package io.gatehouse.access.accounts;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The queries for service accounts. */
@Singleton
class ServiceAccountStore implements PanacheRepository<ServiceAccountEntity> {

    Uni<ServiceAccountEntity> one(long workspaceId, long id) {
        return find("workspaceId = ?1 and id = ?2", workspaceId, id).firstResult();
    }

    /** Held until the transaction ends. */
    Uni<ServiceAccountEntity> lock(long workspaceId, long id) {
        return find("workspaceId = ?1 and id = ?2", workspaceId, id).withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    Uni<ServiceAccountEntity> byClientId(String clientId) {
        return find("clientId", clientId).firstResult();
    }

    Uni<Page<ServiceAccountEntity>> page(long workspaceId, Page.Slice slice) {
        return find("workspaceId = ?1 order by createdAt, id", workspaceId)
                .range(slice.offset(), slice.offset() + slice.limit()).list().map(slice::of);
    }
}
