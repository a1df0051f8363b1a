package io.gatehouse.servers;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.servers.catalogue.Catalogue;
import io.gatehouse.servers.catalogue.CatalogueTool;
import io.gatehouse.servers.catalogue.Icon;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The links between servers and the catalogue, server by server. Works in the caller's session. */
@Singleton
class ServerLinks {

    private final ServerToolStore store;
    private final ServerRows rows;
    private final Catalogue catalogue;
    private final SourceFollower follower;
    private final Clock clock;

    @Inject
    ServerLinks(ServerToolStore store, ServerRows rows, Catalogue catalogue, SourceFollower follower,
            Clock clock) {
        this.store = store;
        this.rows = rows;
        this.catalogue = catalogue;
        this.follower = follower;
        this.clock = clock;
    }

    /** @param named the catalogue entries of the wanted tools, by object id */
    Uni<Void> replace(Caller caller, ServerEntity server, List<ServerDraft.Tool> wanted,
            Map<String, CatalogueTool> named) {
        return store.of(server.id).chain(present -> {
            Map<Long, ServerToolEntity> former = present.stream()
                    .collect(Collectors.toMap(ServerToolEntity::toolId, Function.identity()));
            List<Deed> deeds = new ArrayList<>();
            List<ServerToolEntity> added = new ArrayList<>();
            for (int position = 0; position < wanted.size(); position++) {
                ServerDraft.Tool tool = wanted.get(position);
                ServerToolEntity row = former.remove(named.get(tool.objectId()).id());
                if (row == null) {
                    row = write(fresh(server, named.get(tool.objectId())), tool, position);
                    added.add(row);
                    deeds.add(ToolDeeds.added(server, row));
                } else {
                    Map<String, Object> before = ToolDeeds.fields(row);
                    deeds.addAll(ToolDeeds.changed(server, write(row, tool, position), before));
                }
            }
            List<ServerToolEntity> gone = List.copyOf(former.values());
            gone.forEach(row -> deeds.add(ToolDeeds.removed(server, row)));
            return follower.takeOff(gone).chain(() -> store.remove(gone)).chain(() -> store.add(added))
                    .chain(() -> rows.note(caller, deeds));
        });
    }

    private ServerToolEntity fresh(ServerEntity server, CatalogueTool tool) {
        ServerToolEntity row = new ServerToolEntity();
        row.serverId = server.id;
        row.link(tool);
        row.createdAt = clock.instant();
        return row;
    }

    private static ServerToolEntity write(ServerToolEntity row, ServerDraft.Tool tool, int position) {
        row.name = tool.name();
        row.enabled = tool.enabled();
        row.position = position;
        row.annotations = tool.annotations() == null ? null : StoredJson.write(tool.annotations());
        if (tool.icons() != null) {
            row.icons = Icon.write("icons", tool.icons());
        }
        row.overrides = tool.overrides();
        return row;
    }

    Uni<Boolean> hasEnabled(long serverId) {
        return store.count("serverId = ?1 and enabled", serverId).map(count -> count > 0);
    }

    /** The tools of several servers of one workspace. */
    Uni<Map<Long, List<ServerDefinition.Tool>>> of(List<ServerEntity> servers) {
        if (servers.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return store.of(servers.stream().map(server -> server.id).toList()).chain(links -> {
            List<ServerToolEntity> all = links.values().stream().flatMap(List::stream).toList();
            return catalogue.places(servers.get(0).workspaceId, ServerToolEntity.ids(all)).map(places -> links.entrySet()
                    .stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().stream()
                            .map(row -> row.toDefinition(places.get(row.toolId()))).toList())));
        });
    }
}
