package io.gatehouse.tools.operation;

import java.util.Collection;
import java.util.List;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The queries for endpoints. Those that show them read the collection along, for a lazy one can't be read later. */
@Singleton
class EndpointStore implements PanacheRepository<EndpointEntity> {

    Uni<Void> add(List<EndpointEntity> rows) {
        return getSession().chain(session -> session.persistAll(rows.toArray()).chain(session::flush));
    }

    /** Held until the transaction ends, so that writers follow one another. */
    Uni<EndpointEntity> lock(Caller caller, long id) {
        return find("""
                workspaceId = ?1 and id = ?2
                and (?3 = true or collection.id in (select c.id from CollectionEntity c where c.projectId in ?4))""",
                caller.workspaceId(), id, caller.seesAllProjects(), caller.onlyProjects())
                .withLock(LockModeType.PESSIMISTIC_WRITE).firstResult();
    }

    Uni<List<EndpointEntity>> all(long workspaceId, List<Long> ids) {
        return find("from EndpointEntity e join fetch e.collection where e.workspaceId = ?1 and e.id in ?2", workspaceId,
                ids).list();
    }

    Uni<List<EndpointEntity>> byObjectId(long workspaceId, Collection<String> objectIds) {
        return find("from EndpointEntity e join fetch e.collection where e.workspaceId = ?1 and e.objectId in ?2",
                workspaceId, objectIds).list();
    }

    /** @param collectionId null for every collection */
    Uni<Page<Endpoint>> page(Caller caller, Long collectionId, Page.Slice slice) {
        return find("""
                from EndpointEntity e join fetch e.collection c
                where e.workspaceId = ?1 and (?2 = true or c.projectId in ?3) and (?4 is null or c.id = ?4)
                order by e.id""", caller.workspaceId(), caller.seesAllProjects(), caller.onlyProjects(), collectionId)
                .range(slice.offset(), slice.offset() + slice.limit()).list()
                .map(rows -> slice.of(rows).map(EndpointEntity::toEndpoint));
    }
}
