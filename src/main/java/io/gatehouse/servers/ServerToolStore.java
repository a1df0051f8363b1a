package io.gatehouse.servers;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for the tools on servers, in the order that their servers give them. */
@Singleton
class ServerToolStore implements PanacheRepository<ServerToolEntity> {

    Uni<Void> add(List<ServerToolEntity> rows) {
        return getSession().chain(session -> session.persistAll(rows.toArray()).chain(session::flush));
    }

    Uni<Void> remove(List<ServerToolEntity> rows) {
        return getSession().chain(session -> session.removeAll(rows.toArray()).chain(session::flush));
    }

    Uni<List<ServerToolEntity>> of(long serverId) {
        return list("serverId = ?1 order by position, id", serverId);
    }

    Uni<Map<Long, List<ServerToolEntity>>> of(Collection<Long> serverIds) {
        return list("serverId in ?1 order by position, id", serverIds)
                .map(rows -> rows.stream().collect(Collectors.groupingBy(row -> row.serverId)));
    }

    /** The ids of the tools of third-party servers on these, by server. */
    Uni<Map<Long, Set<Long>>> ofUpstreams(Collection<Long> serverIds) {
        return getSession().chain(session -> session.createSelectionQuery("""
                select t.serverId, t.upstreamToolId from ServerToolEntity t
                where t.serverId in ?1 and t.upstreamToolId is not null""", Object[].class)
                .setParameter(1, serverIds).getResultList())
                .map(rows -> rows.stream().collect(Collectors.groupingBy(row -> (Long) row[0],
                        Collectors.mapping(row -> (Long) row[1], Collectors.toSet()))));
    }

    Uni<List<ServerToolEntity>> ofSource(long sourceId) {
        return list("sourceId = ?1 order by position, id", sourceId);
    }

    Uni<ServerToolEntity> one(long serverId, long toolId) {
        return find("serverId = ?1 and (endpointId = ?2 or upstreamToolId = ?2)", serverId, toolId).firstResult();
    }

    Uni<Page<ServerToolEntity>> page(long serverId, Page.Slice slice) {
        return find("serverId = ?1 order by position, id", serverId)
                .range(slice.offset(), slice.offset() + slice.limit()).list().map(slice::of);
    }
}
