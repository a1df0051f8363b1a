package io.gatehouse.servers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.servers.catalogue.Assignment;
import io.gatehouse.servers.catalogue.Catalogue;
import io.gatehouse.servers.catalogue.Icon;
import io.gatehouse.servers.catalogue.Source;
import io.gatehouse.servers.catalogue.Sources;
import io.gatehouse.servers.catalogue.ToolNames;
import io.gatehouse.upstreams.ToolWish;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the tools on servers, one by one. */
@Singleton
public class ServerTools {

    private static final String NAME = "tool_name";
    private static final int LONGEST_DESCRIPTION = 10_000;

    private final ServerRows servers;
    private final ServerToolStore store;
    private final ToolAssignment assignment;
    private final SourceFollower follower;
    private final Sources sources;
    private final Catalogue catalogue;
    private final ToolNames names;
    private final ProxyTools proxied;
    private final Changes changes;

    @Inject
    ServerTools(ServerRows servers, ServerToolStore store, ToolAssignment assignment, SourceFollower follower,
            Sources sources, Catalogue catalogue, ToolNames names, ProxyTools proxied, Changes changes) {
        this.servers = servers;
        this.store = store;
        this.assignment = assignment;
        this.follower = follower;
        this.sources = sources;
        this.catalogue = catalogue;
        this.names = names;
        this.proxied = proxied;
        this.changes = changes;
    }

    /**
     * Puts entries of the catalogue on a server, all or none; one that is there already stays as it is.
     *
     * @return all tools of the server
     */
    public Uni<List<ServerTool>> assign(Caller caller, ServerKey key, Assignment wish) {
        caller.require(Permission.EDIT_SERVERS);
        return Panache.withTransaction(() -> servers.lock(caller, key).invoke(ProxyTools::refuse)
                .chain(server -> sources.of(server.id).chain(before -> store.of(server.id)
                        .chain(present -> assignment.links(caller, server, present, wish))
                        .chain(added -> sources.of(server.id).chain(after -> add(caller, server, added,
                                ToolDeeds.followed(server, before, after)))))
                        .chain(() -> store.of(server.id)).chain(rows -> tools(caller, rows))))
                .call(changes::settle);
    }

    private Uni<ServerEntity> add(Caller caller, ServerEntity server, List<ServerToolEntity> added, List<Deed> followed) {
        List<Deed> deeds = new ArrayList<>(followed);
        added.forEach(row -> deeds.add(ToolDeeds.added(server, row)));
        return deeds.isEmpty() ? Uni.createFrom().item(server)
                : store.add(added).chain(() -> servers.finish(caller, server, deeds));
    }

    @WithSession
    public Uni<Page<ServerTool>> list(Caller caller, ServerKey key, Page.Slice slice) {
        caller.require(Permission.VIEW_SERVERS);
        return servers.find(caller, key).chain(server -> server.upstreamId != null ? proxied.list(server, slice)
                : store.page(server.id, slice)
                        .chain(page -> tools(caller, page.items()).map(tools -> new Page<>(tools, page.more()))));
    }

    /**
     * What a server is to say of a tool; null leaves as it is.
     *
     * @param title what people read, which only a proxy server takes for the name: elsewhere it comes along with tools that
     *        are sent back as they were read
     * @param name as agents should call it; empty goes back to the tool's
     * @param description this server's own words for the tool; empty goes back to the tool's
     * @param icons this server's own for the tool; none goes back to the tool's
     */
    public record Wording(String title, String name, String description, List<Icon> icons) {
    }

    public Uni<ServerTool> describe(Caller caller, ServerKey key, long id, Wording wish) {
        caller.require(Permission.EDIT_SERVERS);
        Text.bounded("description", wish.description(), LONGEST_DESCRIPTION);
        String icons = wish.icons() == null ? null : Icon.write(Servers.ICONS, wish.icons());
        return Panache.withTransaction(() -> servers.lock(caller, key).chain(server -> server.upstreamId != null
                ? proxied.change(caller, server, id, ProxyTools.wish(wish))
                : link(server, id).chain(row -> describe(caller, server, row, wish, icons))))
                .call(changes::settle);
    }

    private Uni<ServerTool> describe(Caller caller, ServerEntity server, ServerToolEntity row, Wording wish,
            String icons) {
        String name = wish.name();
        if (name == null && wish.description() == null && wish.icons() == null) {
            return one(caller, row);
        }
        Map<String, Object> before = ToolDeeds.fields(row);
        if (wish.description() != null) {
            row.description = wish.description().isBlank() ? null : wish.description();
        }
        if (wish.icons() != null) {
            row.icons = icons;
        }
        return (name == null || name.equals(row.name) ? Uni.createFrom().voidItem() : rename(caller, row, name))
                .chain(() -> servers.finish(caller, server, ToolDeeds.changed(server, row, before)))
                .chain(() -> one(caller, row));
    }

    private Uni<Void> rename(Caller caller, ServerToolEntity row, String name) {
        return store.of(row.serverId).chain(rows -> {
            Set<String> taken = rows.stream().filter(other -> other != row).map(other -> other.name)
                    .collect(Collectors.toCollection(HashSet::new));
            if (name.isEmpty()) {
                return catalogue.of(caller.workspaceId(), ServerToolEntity.ids(List.of(row)))
                        .invoke(found -> row.name = names.fresh("", found.get(row.toolId()), taken));
            }
            names.check(NAME, name);
            if (taken.contains(name)) {
                throw Problem.invalidField(NAME, "duplicate_tool_name",
                        NAME + ": another tool of the server goes by " + name);
            }
            row.name = name;
            return Uni.createFrom().voidItem();
        }).replaceWithVoid();
    }

    /** Starts or stops a tool on this server. */
    public Uni<ServerTool> enable(Caller caller, ServerKey key, long id, boolean enabled) {
        caller.require(Permission.OPERATE_SERVERS);
        return Panache.withTransaction(() -> servers.lock(caller, key).chain(server -> server.upstreamId != null
                ? proxied.change(caller, server, id, new ToolWish(null, null, enabled))
                : link(server, id).chain(row -> {
                    Map<String, Object> before = ToolDeeds.fields(row);
                    row.enabled = enabled;
                    return settleSwitch(caller, server, ToolDeeds.changed(server, row, before))
                            .chain(() -> one(caller, row));
                }))).call(changes::settle);
    }

    /** Takes a tool from the server, for good if it came with a source; the catalogue keeps it. */
    public Uni<Void> remove(Caller caller, ServerKey key, long id) {
        caller.require(Permission.EDIT_SERVERS);
        return Panache.withTransaction(() -> servers.lock(caller, key).invoke(ProxyTools::refuse)
                .chain(server -> link(server, id).chain(row -> follower.takeOff(List.of(row))
                        .chain(() -> store.remove(List.of(row)))
                        .chain(() -> settleSwitch(caller, server, List.of(ToolDeeds.removed(server, row)))))))
                .call(changes::settle).replaceWithVoid();
    }

    /** The third-party servers whose tools it has all. */
    @WithSession
    public Uni<List<Source>> sources(Caller caller, ServerKey key) {
        caller.require(Permission.VIEW_SERVERS);
        return servers.find(caller, key).chain(server -> sources.of(server.id));
    }

    /** Follows a third-party server no more, and takes the tools off that came with it. */
    public Uni<Void> removeSource(Caller caller, ServerKey key, String upstreamId) {
        caller.require(Permission.EDIT_SERVERS);
        return Panache.withTransaction(() -> servers.lock(caller, key).chain(server -> sources.of(server.id)
                .map(all -> all.stream().filter(source -> source.upstreamObjectId().equals(upstreamId)).findFirst()
                        .orElseThrow(() -> Problem.notFound("Source")))
                .chain(source -> store.ofSource(source.id()).chain(links -> store.remove(links)
                        .chain(() -> sources.remove(source))
                        .chain(() -> settleSwitch(caller, server, Stream.concat(
                                links.stream().map(row -> ToolDeeds.removed(server, row)),
                                Stream.of(ToolDeeds.left(server, source))).toList()))))))
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
        return catalogue.of(caller.workspaceId(), ServerToolEntity.ids(rows))
                .map(named -> rows.stream().map(row -> row.toTool(named.get(row.toolId()))).toList());
    }
}
