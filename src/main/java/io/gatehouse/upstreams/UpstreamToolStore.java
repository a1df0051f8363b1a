package io.gatehouse.upstreams;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for recorded tools. */
@Singleton
class UpstreamToolStore implements PanacheRepository<UpstreamToolEntity> {

    Uni<Void> add(List<UpstreamToolEntity> rows) {
        return getSession().chain(session -> session.persistAll(rows.toArray()).chain(session::flush));
    }

    Uni<Void> remove(List<UpstreamToolEntity> rows) {
        return getSession().chain(session -> session.removeAll(rows.toArray()).chain(session::flush));
    }

    Uni<List<KnownTool>> known(long upstreamId) {
        return known(upstreamId, "");
    }

    /** Those that are not gone, by age. */
    Uni<List<KnownTool>> present(long upstreamId) {
        return known(upstreamId, " and t.status <> GONE order by t.id");
    }

    private Uni<List<KnownTool>> known(long upstreamId, String rest) {
        return getSession().chain(session -> session.createSelectionQuery("""
                select new io.gatehouse.upstreams.KnownTool(t.id, t.upstreamName, t.name, t.status, t.observedDigest)
                from UpstreamToolEntity t where t.upstreamId = ?1""" + rest, KnownTool.class).setParameter(1, upstreamId)
                .getResultList());
    }

    /** By what the upstream calls them. */
    Uni<List<PlannedTool>> planned(long upstreamId, ChangePolicy policy) {
        String definition = policy == ChangePolicy.WITHHOLD ? "t.approvedDefinition"
                : "coalesce(t.observedDefinition, t.approvedDefinition)";
        return getSession().chain(session -> session.createSelectionQuery("""
                select new io.gatehouse.upstreams.PlannedTool(t.upstreamName, t.name, t.description, t.enabled, t.status,
                t.approvedDigest, t.observedDigest, t.looksLike,
                case when DEFINITION like '%x-mcp-header%' then DEFINITION else cast(null as String) end)
                from UpstreamToolEntity t where t.upstreamId = ?1 order by t.upstreamName"""
                .replace("DEFINITION", definition), PlannedTool.class).setParameter(1, upstreamId).getResultList());
    }

    /** A tool that was approved once, is started and is there. */
    record Candidate(long id, long upstreamId, String upstreamName, ToolStatus status, String looksLike) {
    }

    /** By age; what is null does not restrict, and comes last, for its type is taken from what it is compared with. */
    Uni<List<Candidate>> candidates(Caller caller, Long projectId, String search) {
        String part = search == null ? null : "%" + search.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return getSession().chain(session -> session.createSelectionQuery("""
                select t.id, t.upstreamId, t.upstreamName, t.status, t.looksLike
                from UpstreamToolEntity t join UpstreamEntity u on u.id = t.upstreamId
                where u.workspaceId = ?1 and (?2 = true or u.projectId in ?3) and (u.projectId = ?4 or ?4 is null)
                and t.enabled and t.approvedDigest is not null and t.status <> GONE
                and (lower(t.name) like ?5 escape '\\' or lower(t.title) like ?5 escape '\\' or ?5 is null)
                order by t.id""", Object[].class).setParameter(1, caller.workspaceId())
                .setParameter(2, caller.seesAllProjects()).setParameter(3, caller.onlyProjects())
                .setParameter(4, projectId).setParameter(5, part).getResultList())
                .map(rows -> rows.stream().map(row -> new Candidate((Long) row[0], (Long) row[1], (String) row[2],
                        (ToolStatus) row[3], (String) row[4])).toList());
    }

    Uni<List<OfferedTool.Place>> places(long workspaceId, Collection<Long> ids) {
        return getSession().chain(session -> session.createSelectionQuery("""
                select t.id, t.objectId, u.projectId from UpstreamToolEntity t join UpstreamEntity u on u.id = t.upstreamId
                where u.workspaceId = ?1 and t.id in ?2""", Object[].class).setParameter(1, workspaceId)
                .setParameter(2, ids).getResultList())
                .map(rows -> rows.stream().map(row -> new OfferedTool.Place((Long) row[0], (String) row[1], (Long) row[2]))
                        .toList());
    }

    /** By upstream; none for one without tools. */
    Uni<Map<Long, ToolCount>> counts(Collection<Long> upstreamIds) {
        return getSession().chain(session -> session.createSelectionQuery("""
                select new io.gatehouse.upstreams.ToolCount(t.upstreamId,
                sum(case when t.status <> GONE then 1 else 0 end), sum(case when t.status <> CURRENT then 1 else 0 end))
                from UpstreamToolEntity t where t.upstreamId in ?1 group by t.upstreamId""", ToolCount.class)
                .setParameter(1, upstreamIds).getResultList())
                .map(counts -> counts.stream().collect(Collectors.toMap(ToolCount::upstreamId, count -> count)));
    }

    Uni<List<UpstreamToolEntity>> these(Collection<Long> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(List.of()) : list("id in ?1 order by id", ids);
    }

    Uni<UpstreamToolEntity> one(long upstreamId, long id) {
        return find("upstreamId = ?1 and id = ?2", upstreamId, id).firstResult();
    }

    /** Null where the upstream has none such. */
    Uni<Long> id(long upstreamId, String objectId) {
        return find("upstreamId = ?1 and objectId = ?2", upstreamId, objectId).firstResult()
                .map(row -> row == null ? null : row.id);
    }

    Uni<Page<UpstreamToolEntity>> changed(long upstreamId, Page.Slice slice) {
        return find("upstreamId = ?1 and status <> CURRENT order by changedAt, id", upstreamId)
                .range(slice.offset(), slice.offset() + slice.limit()).list().map(slice::of);
    }

    Uni<Page<UpstreamToolEntity>> page(long upstreamId, Page.Slice slice) {
        return find("upstreamId = ?1 order by id", upstreamId)
                .range(slice.offset(), slice.offset() + slice.limit()).list().map(slice::of);
    }
}
