package io.gatehouse.servers;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import io.gatehouse.kernel.Caller;
import io.gatehouse.servers.catalogue.Source;
import io.gatehouse.servers.catalogue.Sources;
import io.gatehouse.upstreams.OfferedTools;
import io.gatehouse.upstreams.Registrations.Dependent;
import io.gatehouse.upstreams.ToolTaker;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Keeps servers that have all tools of a third-party one up with it, and tells which servers need tools of those, be they in
 * the recycle bin. A server is always held before an upstream is, so that none waits for the other.
 */
@Singleton
class SourceFollower implements ToolTaker {

    private static final Logger LOG = Logger.getLogger(SourceFollower.class);

    private final ServerStore servers;
    private final ServerRows rows;
    private final ServerToolStore tools;
    private final ToolAssignment assignment;
    private final Sources sources;
    private final OfferedTools upstreams;

    @Inject
    SourceFollower(ServerStore servers, ServerRows rows, ServerToolStore tools, ToolAssignment assignment,
            Sources sources, OfferedTools upstreams) {
        this.servers = servers;
        this.rows = rows;
        this.tools = tools;
        this.assignment = assignment;
        this.sources = sources;
        this.upstreams = upstreams;
    }

    @Override
    public Uni<List<Dependent>> takersOf(long upstreamId) {
        return servers.offering(upstreamId).map(rows -> rows.stream().map(ServerEntity::toDependent).toList());
    }

    @Override
    public Uni<List<Dependent>> takersOfTool(long toolId) {
        return servers.offeringTool(toolId).map(rows -> rows.stream().map(ServerEntity::toDependent).toList());
    }

    @Override
    public Uni<Void> follow(Caller caller, long upstreamId) {
        return Panache.withSession(() -> sources.following(upstreamId).chain(all -> all.isEmpty()
                ? Uni.createFrom().item(all)
                : upstreams.whole(upstreamId).chain(ids -> behind(all, ids))))
                .chain(behind -> Multi.createFrom().iterable(behind)
                        .onItem().transformToUniAndConcatenate(source -> catchUp(caller, source))
                        .collect().asList())
                .replaceWithVoid();
    }

    private Uni<List<Source>> behind(List<Source> all, List<Long> toolIds) {
        return tools.ofUpstreams(all.stream().map(Source::serverId).toList()).map(there -> all.stream()
                .filter(source -> toolIds.stream().anyMatch(id -> !source.takenOff().contains(id)
                        && !there.getOrDefault(source.serverId(), Set.of()).contains(id)))
                .toList());
    }

    /** What fails here is tried again after the next look at the upstream. */
    private Uni<Void> catchUp(Caller caller, Source source) {
        return Panache.withTransaction(() -> servers.lock(source.serverId()).onItem().ifNotNull()
                .call(server -> catchUp(caller, server, source.upstreamId())))
                .onFailure().invoke(failure -> LOG.warnf(failure, "Server %d could not follow upstream %d",
                        source.serverId(), source.upstreamId()))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    /** As the source is now that the server is held. */
    private Uni<Void> catchUp(Caller caller, ServerEntity server, long upstreamId) {
        return tools.of(server.id).chain(present -> sources.of(server.id).chain(all -> Multi.createFrom().iterable(all)
                .select().where(source -> source.upstreamId() == upstreamId)
                .onItem().transformToUniAndConcatenate(source -> assignment.links(server, present, source))
                .onItem().transformToUniAndConcatenate(added -> add(caller, server, added))
                .collect().last()));
    }

    private Uni<Void> add(Caller caller, ServerEntity server, List<ServerToolEntity> added) {
        return added.isEmpty() ? Uni.createFrom().voidItem()
                : tools.add(added).chain(() -> rows.finish(caller, server,
                        added.stream().map(row -> ToolDeeds.added(server, row)).toList())).replaceWithVoid();
    }

    /** Remembers that somebody does not want these tools, although a source has them. */
    Uni<Void> takeOff(Collection<ServerToolEntity> links) {
        Map<Long, Set<Long>> bySource = links.stream().filter(row -> row.sourceId != null).collect(Collectors
                .groupingBy(row -> row.sourceId, Collectors.mapping(row -> row.upstreamToolId, Collectors.toSet())));
        return sources.takeOff(bySource);
    }
}
