package io.gatehouse.upstreams;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
        return getSession().chain(session -> session.createSelectionQuery("""
                select new io.gatehouse.upstreams.KnownTool(t.id, t.upstreamName, t.name, t.status, t.observedDigest)
                from UpstreamToolEntity t where t.upstreamId = ?1""", KnownTool.class).setParameter(1, upstreamId)
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
