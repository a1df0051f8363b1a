package io.gatehouse.servers;

import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.tools.operation.Endpoint;
import io.gatehouse.tools.operation.Endpoints;
import io.gatehouse.tools.operation.Names;
import io.gatehouse.upstreams.ToolWish;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the tools on servers, one by one. */
@Singleton
public class ServerTools {

    private static final int LONGEST_DESCRIPTION = 10_000;
    private static final int MOST_TOOLS = 5_000;

    private final ServerRows servers;
    private final ServerToolStore store;
    private final Endpoints endpoints;
    private final ProxyTools proxied;
    private final Changes changes;
    private final Clock clock;

    @Inject
    ServerTools(ServerRows servers, ServerToolStore store, Endpoints endpoints, ProxyTools proxied, Changes changes,
            Clock clock) {
        this.servers = servers;
        this.store = store;
        this.endpoints = endpoints;
        this.proxied = proxied;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Puts endpoints on a server, all or none; one that is there already stays as it is.
     *
     * @param ids catalogue ids; the index of a bad one is named in the problem
     * @return all tools of the server
     */
    public Uni<List<ServerTool>> assign(Caller caller, ServerKey key, List<Long> ids) {
        caller.require(Permission.EDIT_SERVERS);
        return Panache.withTransaction(() -> servers.lock(caller, key).invoke(ProxyTools::refuse)
                .chain(server -> endpoints.named(caller, ids).chain(named -> {
                    IntStream.range(0, ids.size()).forEach(i -> check(i, named.get(ids.get(i)), server));
                    return store.of(server.id).chain(present -> assign(caller, server, present, named, ids));
                }))).call(changes::settle);
    }

    private static void check(int index, Endpoint endpoint, ServerEntity server) {
        String field = "tools." + index;
        if (endpoint == null) {
            throw Problem.invalidField(field, "invalid_ref", field + ": no such tool");
        }
        if (endpoint.projectId() != server.projectId) {
            throw Problem.invalidField(field, "invalid_ref",
                    field + ": the tool belongs to another project than the server");
        }
        if (endpoint.refusal() != null) {
            throw Problem.invalidField(field, "not_a_tool",
                    field + ": this endpoint can't be a tool: " + endpoint.refusal());
        }
    }

    private Uni<List<ServerTool>> assign(Caller caller, ServerEntity server, List<ServerToolEntity> present,
            Map<Long, Endpoint> named, List<Long> ids) {
        List<ServerToolEntity> added = links(server, present, named, ids);
        if (present.size() + added.size() > MOST_TOOLS) {
            throw Problem.invalidField("tools", "max", "tools: a server has " + MOST_TOOLS + " at most");
        }
        List<Deed> deeds = added.stream().map(row -> ToolDeeds.added(server, row)).toList();
        return (added.isEmpty() ? Uni.createFrom().item(server)
                : store.add(added).chain(() -> servers.finish(caller, server, deeds)))
                .chain(() -> store.of(server.id)).chain(rows -> tools(caller, rows));
    }

    private List<ServerToolEntity> links(ServerEntity server, List<ServerToolEntity> present,
            Map<Long, Endpoint> named, List<Long> ids) {
        Set<String> names = present.stream().map(row -> row.name).collect(Collectors.toCollection(HashSet::new));
        AtomicInteger position = new AtomicInteger(present.stream().mapToInt(row -> row.position).max().orElse(-1));
        Set<Long> fresh = new LinkedHashSet<>(ids);
        present.forEach(row -> fresh.remove(row.endpointId));
        return fresh.stream().map(id -> {
            ServerToolEntity row = new ServerToolEntity();
            row.serverId = server.id;
            row.endpointId = id;
            row.name = Names.unique(named.get(id).name(), names::contains);
            row.position = position.incrementAndGet();
            row.enabled = true;
            row.createdAt = clock.instant();
            names.add(row.name);
            return row;
        }).toList();
    }

    @WithSession
    public Uni<Page<ServerTool>> list(Caller caller, ServerKey key, Page.Slice slice) {
        caller.require(Permission.VIEW_SERVERS);
        return servers.find(caller, key).chain(server -> server.upstreamId != null ? proxied.list(server, slice)
                : store.page(server.id, slice)
                        .chain(page -> tools(caller, page.items()).map(tools -> new Page<>(tools, page.more()))));
    }

    /**
     * @param name as agents should call it, for tools of proxy servers only; null leaves as it is, empty goes back to the
     *        upstream's
     * @param description this server's own words for the tool; null leaves as it is, empty goes back to the tool's
     */
    public Uni<ServerTool> describe(Caller caller, ServerKey key, long id, String name, String description) {
        caller.require(Permission.EDIT_SERVERS);
        String checked = Text.bounded("description", description, LONGEST_DESCRIPTION);
        return Panache.withTransaction(() -> servers.lock(caller, key).chain(server -> server.upstreamId != null
                ? proxied.change(caller, server, id, new ToolWish(name, checked, null))
                : link(server, id).chain(row -> describe(caller, server, row, checked)))).call(changes::settle);
    }

    private Uni<ServerTool> describe(Caller caller, ServerEntity server, ServerToolEntity row, String description) {
        if (description == null) {
            return one(caller, row);
        }
        Map<String, Object> before = ToolDeeds.fields(row);
        row.description = description.isBlank() ? null : description;
        return servers.finish(caller, server, ToolDeeds.changed(server, row, before)).chain(() -> one(caller, row));
    }

    /** Starts or stops a tool on this server. */
    public Uni<ServerTool> enable(Caller caller, ServerKey key, long id, boolean enabled) {
        caller.require(Permission.EDIT_SERVERS);
        return Panache.withTransaction(() -> servers.lock(caller, key).chain(server -> server.upstreamId != null
                ? proxied.change(caller, server, id, new ToolWish(null, null, enabled))
                : link(server, id).chain(row -> {
                    Map<String, Object> before = ToolDeeds.fields(row);
                    row.enabled = enabled;
                    return settleSwitch(caller, server, ToolDeeds.changed(server, row, before))
                            .chain(() -> one(caller, row));
                }))).call(changes::settle);
    }

    /** Takes a tool from the server; the catalogue keeps it. */
    public Uni<Void> remove(Caller caller, ServerKey key, long id) {
        caller.require(Permission.EDIT_SERVERS);
        return Panache.withTransaction(() -> servers.lock(caller, key).invoke(ProxyTools::refuse)
                .chain(server -> link(server, id).chain(row -> store.remove(List.of(row))
                        .chain(() -> settleSwitch(caller, server, List.of(ToolDeeds.removed(server, row)))))))
                .call(changes::settle).replaceWithVoid();
    }

    /** A server that must have a tool to be on goes off with its last one. */
    private Uni<ServerEntity> settleSwitch(Caller caller, ServerEntity server, List<Deed> deeds) {
        return store.flush().chain(() -> store.of(server.id)).chain(rows -> {
            ServerFields before = ServerFields.of(server);
            server.enabled &= !server.needsTools || rows.stream().anyMatch(row -> row.enabled);
            return servers.finish(caller, server, before, deeds.toArray(Deed[]::new));
        });
    }

    private Uni<ServerToolEntity> link(ServerEntity server, long id) {
        return store.one(server.id, id).onItem().ifNull().failWith(() -> Problem.notFound("Tool"));
    }

    private Uni<ServerTool> one(Caller caller, ServerToolEntity row) {
        return tools(caller, List.of(row)).map(tools -> tools.get(0));
    }

    /** In the caller's session. */
    Uni<List<ServerTool>> tools(Caller caller, List<ServerToolEntity> rows) {
        return endpoints.of(caller.workspaceId(), rows.stream().map(row -> row.endpointId).toList())
                .map(named -> rows.stream().map(row -> row.toTool(named.get(row.endpointId))).toList());
    }
}
