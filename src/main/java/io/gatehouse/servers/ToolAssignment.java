package io.gatehouse.servers;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Problem;
import io.gatehouse.servers.catalogue.Assignment;
import io.gatehouse.servers.catalogue.Catalogue;
import io.gatehouse.servers.catalogue.CatalogueIds;
import io.gatehouse.servers.catalogue.CatalogueTool;
import io.gatehouse.servers.catalogue.Source;
import io.gatehouse.servers.catalogue.Sources;
import io.gatehouse.servers.catalogue.ToolNames;
import io.gatehouse.tools.operation.ApiCollections;
import io.gatehouse.upstreams.OfferedTools;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Finds what is to be put on a server, and makes its links. Works in the caller's transaction, which holds the server. */
@Singleton
class ToolAssignment {

    private static final int MOST_TOOLS = 5_000;
    private static final String NO_SUCH = "invalid_ref";

    private final Catalogue catalogue;
    private final Sources sources;
    private final ToolNames names;
    private final ApiCollections collections;
    private final OfferedTools upstreams;
    private final Clock clock;

    @Inject
    ToolAssignment(Catalogue catalogue, Sources sources, ToolNames names, ApiCollections collections,
            OfferedTools upstreams, Clock clock) {
        this.catalogue = catalogue;
        this.sources = sources;
        this.names = names;
        this.collections = collections;
        this.upstreams = upstreams;
        this.clock = clock;
    }

    /** A tool with what goes before its name and the source that it comes with, or null. */
    private record Prefixed(CatalogueTool tool, String prefix, Long sourceId) {
    }

    /**
     * The links that the server lacks; fails with INVALID on the first thing that can't be put there.
     *
     * @param present the links that it has; those to tools of a source that is put there whole belong to it from now on
     */
    Uni<List<ServerToolEntity>> links(Caller caller, ServerEntity server, List<ServerToolEntity> present, Assignment wish) {
        names.checkPrefix("prefix", wish.prefix());
        return named(caller, server, present, wish)
                .chain(tools -> sources(caller, server, wish, 0, new ArrayList<>(tools)))
                .map(tools -> {
                    adopt(present, tools);
                    List<ServerToolEntity> fresh = links(server, present, tools);
                    if (present.size() + fresh.size() > MOST_TOOLS) {
                        throw Problem.invalidField("tools", "max", "tools: a server has " + MOST_TOOLS + " at most");
                    }
                    return fresh;
                });
    }

    private static void adopt(List<ServerToolEntity> present, List<Prefixed> tools) {
        Map<Long, Long> sources = new HashMap<>();
        tools.stream().filter(tool -> tool.sourceId() != null).forEach(tool -> sources.put(tool.tool().id(), tool.sourceId()));
        present.forEach(row -> row.sourceId = sources.getOrDefault(row.toolId(), row.sourceId));
    }

    /** The links to tools of a source that the server lacks; as many as there is room for. */
    Uni<List<ServerToolEntity>> links(ServerEntity server, List<ServerToolEntity> present, Source source) {
        return upstreams.pinUpstream(source.upstreamId()).chain(() -> whole(server.workspaceId, source)).map(tools -> {
            List<ServerToolEntity> fresh = links(server, present, tools);
            return fresh.subList(0, Math.min(fresh.size(), Math.max(0, MOST_TOOLS - present.size())));
        });
    }

    private Uni<List<Prefixed>> named(Caller caller, ServerEntity server, List<ServerToolEntity> present,
            Assignment wish) {
        Set<Long> there = present.stream().map(ServerToolEntity::toolId).collect(Collectors.toSet());
        return catalogue.named(caller, wish.tools().stream().map(Assignment.Reference::id).distinct().toList())
                .map(found -> {
                    List<Prefixed> tools = new ArrayList<>();
                    for (Assignment.Reference reference : wish.tools()) {
                        CatalogueTool tool = found.get(reference.id());
                        check("tools." + tools.size(), reference, tool, server, there);
                        tools.add(new Prefixed(tool, wish.prefix(), null));
                    }
                    return tools;
                });
    }

    private static void check(String field, Assignment.Reference reference, CatalogueTool tool, ServerEntity server,
            Set<Long> present) {
        if (tool == null || tool.source().kind() != reference.kind()) {
            throw Problem.invalidField(field, NO_SUCH, field + ": no such tool");
        }
        if (tool.projectId() != server.projectId) {
            throw Problem.invalidField(field, NO_SUCH, field + ": the tool belongs to another project than the server");
        }
        if (tool.refusal() != null) {
            throw Problem.invalidField(field, "not_a_tool", field + ": this endpoint can't be a tool: " + tool.refusal());
        }
        if (tool.obstacle() != null && !present.contains(tool.id())) {
            throw Problem.invalidField(field, "not_available",
                    field + ": this tool can't be put on a server now: " + tool.obstacle());
        }
    }

    /** One after the other: they share a session. */
    private Uni<List<Prefixed>> sources(Caller caller, ServerEntity server, Assignment wish, int at, List<Prefixed> known) {
        if (at == wish.sources().size()) {
            return Uni.createFrom().item(known);
        }
        Assignment.Source source = wish.sources().get(at);
        String field = "sources." + at;
        String prefix = source.prefix() == null ? wish.prefix() : source.prefix();
        names.checkPrefix(field + ".prefix", prefix);
        return (source.collectionId() != null ? collection(caller, server, field, source.collectionId(), prefix)
                : upstream(server, field, source.upstreamId(), prefix)).invoke(known::addAll)
                .chain(() -> sources(caller, server, wish, at + 1, known));
    }

    /** An API has all its operations from the day of its import. */
    private Uni<List<Prefixed>> collection(Caller caller, ServerEntity server, String source, long id, String prefix) {
        String field = source + ".api_collection_id";
        return collections.project(caller, id).chain(project -> {
            if (project == null || project != server.projectId) {
                throw Problem.invalidField(field, NO_SUCH, field + ": the server's project has no such API collection");
            }
            return catalogue.available(caller, id, MOST_TOOLS + 1);
        }).map(tools -> tools.stream().map(tool -> new Prefixed(tool, prefix, null)).toList());
    }

    private Uni<List<Prefixed>> upstream(ServerEntity server, String source, String objectId, String prefix) {
        String field = source + ".upstream_id";
        return upstreams.pinUpstream(server.workspaceId, server.projectId, objectId)
                .onItem().ifNull().failWith(() -> Problem.invalidField(field, NO_SUCH,
                        field + ": the server's project has no such remote MCP server"))
                .chain(id -> sources.add(server.id, id, prefix)).chain(added -> whole(server.workspaceId, added));
    }

    private Uni<List<Prefixed>> whole(long workspaceId, Source source) {
        return upstreams.whole(source.upstreamId()).chain(ids -> {
            List<Long> wanted = ids.stream().filter(id -> !source.takenOff().contains(id)).toList();
            return catalogue.of(workspaceId, new CatalogueIds(List.of(), wanted)).map(found -> wanted.stream()
                    .map(found::get).filter(Objects::nonNull)
                    .map(tool -> new Prefixed(tool, source.prefix(), source.id())).toList());
        });
    }

    private List<ServerToolEntity> links(ServerEntity server, List<ServerToolEntity> present, List<Prefixed> tools) {
        Map<Long, Prefixed> fresh = new LinkedHashMap<>();
        tools.forEach(tool -> fresh.merge(tool.tool().id(), tool, (first, again) -> new Prefixed(first.tool(),
                first.prefix(), first.sourceId() == null ? again.sourceId() : first.sourceId())));
        present.forEach(row -> fresh.remove(row.toolId()));
        Set<String> taken = present.stream().map(row -> row.name).collect(Collectors.toCollection(HashSet::new));
        List<ServerToolEntity> links = new ArrayList<>();
        int position = present.stream().mapToInt(row -> row.position).max().orElse(-1);
        for (Prefixed tool : fresh.values()) {
            ServerToolEntity row = new ServerToolEntity();
            row.serverId = server.id;
            row.link(tool.tool());
            row.sourceId = tool.sourceId();
            row.name = names.fresh(tool.prefix(), tool.tool(), taken);
            row.position = ++position;
            row.enabled = true;
            row.createdAt = clock.instant();
            links.add(row);
        }
        return links;
    }
}
