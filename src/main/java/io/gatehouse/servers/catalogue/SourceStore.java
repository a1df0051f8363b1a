package io.gatehouse.servers.catalogue;

import java.util.Collection;
import java.util.List;

import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for what servers take over whole. */
@Singleton
class SourceStore implements PanacheRepository<SourceEntity> {

    /** By age. */
    Uni<List<SourceEntity>> of(long serverId) {
        return list("serverId = ?1 order by id", serverId);
    }

    Uni<List<SourceEntity>> following(long upstreamId) {
        return list("upstreamId = ?1 order by serverId", upstreamId);
    }

    Uni<SourceEntity> one(long serverId, long upstreamId) {
        return find("serverId = ?1 and upstreamId = ?2", serverId, upstreamId).firstResult();
    }

    Uni<List<SourceEntity>> these(Collection<Long> ids) {
        return list("id in ?1", ids);
    }
}
