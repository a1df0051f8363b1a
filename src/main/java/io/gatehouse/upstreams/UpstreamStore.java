package io.gatehouse.upstreams;

import java.util.Collection;
import java.util.List;

import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The queries for upstreams. */
@Singleton
class UpstreamStore implements PanacheRepository<UpstreamEntity> {

    /** Held until the transaction ends; null when it is gone. */
    Uni<UpstreamEntity> lock(long id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    Uni<List<UpstreamEntity>> these(long workspaceId, Collection<Long> ids) {
        return list("workspaceId = ?1 and id in ?2", workspaceId, ids);
    }

    Uni<UpstreamEntity> byObjectId(long workspaceId, String objectId) {
        return find("workspaceId = ?1 and objectId = ?2", workspaceId, objectId).firstResult();
    }
}
