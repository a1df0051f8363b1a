package io.gatehouse.upstreams;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.Panache;
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

    /** Kept from being removed until the transaction ends. */
    Uni<UpstreamEntity> pinned(long workspaceId, String objectId) {
        return getSession().chain(session -> session.createNativeQuery(
                "select * from upstream where workspace_id = ?1 and object_id = ?2 for key share", UpstreamEntity.class)
                .setParameter(1, workspaceId).setParameter(2, objectId).getSingleResultOrNull());
    }

    Uni<UpstreamEntity> one(Caller caller, String objectId) {
        return find("workspaceId = ?1 and objectId = ?2", caller.workspaceId(), objectId).firstResult()
                .map(row -> row == null || !caller.sees(row.projectId) ? null : row);
    }

    /** By age. */
    Uni<Page<UpstreamEntity>> page(Caller caller, Page.Slice slice) {
        return find("workspaceId = ?1 and (?2 = true or projectId in ?3) order by createdAt, id", caller.workspaceId(),
                caller.seesAllProjects(), caller.onlyProjects())
                .range(slice.offset(), slice.offset() + slice.limit()).list().map(slice::of);
    }

    Uni<Long> id(long workspaceId, long projectId, String objectId) {
        return getSession().chain(session -> session.createSelectionQuery(
                "select u.id from UpstreamEntity u where u.workspaceId = ?1 and u.projectId = ?2 and u.objectId = ?3",
                Long.class).setParameter(1, workspaceId).setParameter(2, projectId).setParameter(3, objectId)
                .getSingleResultOrNull());
    }

    /** Holds those of these tools, so that others can read but not change them. */
    Uni<Void> pin(String key, Collection<?> tools) {
        return find("id in (select t.upstreamId from UpstreamToolEntity t where t." + key + " in ?1) order by id", tools)
                .withLock(LockModeType.PESSIMISTIC_READ).list().replaceWithVoid();
    }

    /** The same for this one. */
    Uni<Void> pin(long id) {
        return findById(id, LockModeType.PESSIMISTIC_READ).replaceWithVoid();
    }

    /** Those that nobody has claimed for so long, which belong to the caller now; some of them. */
    Uni<List<Long>> claimDue(Instant now, Instant due, int most) {
        return Panache.withTransaction(() -> getSession().chain(session -> session.createNativeQuery("""
                update upstream set claimed_at = ?1 where id in (select id from upstream where claimed_at <= ?2
                order by claimed_at limit ?3 for update skip locked) returning id""", Long.class)
                .setParameter(1, now).setParameter(2, due).setParameter(3, most).getResultList()));
    }

    /** Whether the caller may look at this one; somebody else may be at it, or just have been. */
    Uni<Boolean> claim(long id, Instant now, Instant due) {
        return Panache.withTransaction(() -> update("claimedAt = ?1 where id = ?2 and claimedAt <= ?3", now, id, due))
                .map(claimed -> claimed > 0);
    }
}
