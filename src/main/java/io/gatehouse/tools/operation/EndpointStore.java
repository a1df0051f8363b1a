package io.gatehouse.tools.operation;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

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

    /** Without what only plans need, which is long. */
    Uni<List<Endpoint>> summaries(long workspaceId, List<Long> ids) {
        return getSession().chain(session -> session.createSelectionQuery("""
                select new io.gatehouse.tools.operation.Endpoint(e.id, e.objectId, c.id, c.projectId, e.name, e.title,
                e.description, e.method, e.path, cast(null as String), e.refusal, e.enabled, e.createdAt)
                from EndpointEntity e join e.collection c where e.workspaceId = ?1 and e.id in ?2""", Endpoint.class)
                .setParameter(1, workspaceId).setParameter(2, ids).getResultList());
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

    /**
     * Those that can be tools.
     *
     * @param projectId null for every project
     * @param search a part of the name or title, in any case; null for all
     */
    Uni<Page<Endpoint>> available(Caller caller, Long projectId, String search, Page.Slice slice) {
        String part = search == null ? null : "%" + search.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return find("""
                from EndpointEntity e join fetch e.collection c
                where e.workspaceId = ?1 and (?2 = true or c.projectId in ?3) and (?4 is null or c.projectId = ?4)
                and e.refusal is null
                and (?5 is null or lower(e.name) like ?5 escape '\\' or lower(e.title) like ?5 escape '\\')
                order by e.id""", caller.workspaceId(), caller.seesAllProjects(), caller.onlyProjects(), projectId, part)
                .range(slice.offset(), slice.offset() + slice.limit()).list()
                .map(rows -> slice.of(rows).map(EndpointEntity::toEndpoint));
    }
}
