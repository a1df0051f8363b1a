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
     * The ids of those that can be tools, by age; what is null does not restrict, and comes last, for its type is taken from
     * what it is compared with.
     */
    Uni<List<Long>> available(Caller caller, Long projectId, Long collectionId, String search, Page.Slice slice) {
        String part = search == null ? null : "%" + search.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return getSession().chain(session -> session.createSelectionQuery("""
                select e.id from EndpointEntity e join e.collection c
                where e.workspaceId = ?1 and (?2 = true or c.projectId in ?3) and (c.projectId = ?4 or ?4 is null)
                and e.refusal is null and (c.id = ?5 or ?5 is null)
                and (lower(e.name) like ?6 escape '\\' or lower(e.title) like ?6 escape '\\' or ?6 is null)
                order by e.id""", Long.class).setParameter(1, caller.workspaceId())
                .setParameter(2, caller.seesAllProjects()).setParameter(3, caller.onlyProjects())
                .setParameter(4, projectId).setParameter(5, collectionId).setParameter(6, part)
                .setFirstResult(slice.offset()).setMaxResults(slice.limit()).getResultList());
    }
}
