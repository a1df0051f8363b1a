package io.gatehouse.servers;

import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.PlanSource;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.tools.operation.Endpoint;
import io.gatehouse.tools.operation.Endpoints;
import io.gatehouse.tools.operation.Names;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the tools on servers. */
@Singleton
public class ServerTools {

    private final Servers servers;
    private final ServerToolStore store;
    private final Endpoints endpoints;
    private final Changes changes;
    private final Clock clock;

    @Inject
    ServerTools(Servers servers, ServerToolStore store, Endpoints endpoints, Changes changes, Clock clock) {
        this.servers = servers;
        this.store = store;
        this.endpoints = endpoints;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Puts endpoints on a server, all or none; one that is there already stays as it is.
     *
     * @param ids catalogue ids; the index of a bad one is named in the problem
     * @return all tools of the server
     */
    @WithTransaction
    public Uni<List<ServerTool>> assign(Caller caller, String handle, List<Long> ids) {
        caller.require(Permission.EDIT_SERVERS);
        return servers.lock(caller, handle)
                .chain(server -> endpoints.named(caller, ids).chain(named -> {
                    IntStream.range(0, ids.size()).forEach(i -> check(i, named.get(ids.get(i)), server));
                    return store.of(server.id)
                            .chain(present -> store.add(links(server, present, named, ids)))
                            .invoke(() -> server.updatedAt = clock.instant())
                            .chain(() -> changes.announce(PlanSource.topic(handle)))
                            .chain(() -> store.of(server.id))
                            .chain(rows -> tools(caller, rows));
                }));
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

    private List<ServerToolEntity> links(ServerEntity server, List<ServerToolEntity> present,
            Map<Long, Endpoint> named, List<Long> ids) {
        Set<String> names = present.stream().map(row -> row.name).collect(Collectors.toCollection(HashSet::new));
        Set<Long> fresh = new LinkedHashSet<>(ids);
        present.forEach(row -> fresh.remove(row.endpointId));
        return fresh.stream().map(id -> {
            ServerToolEntity row = new ServerToolEntity();
            row.serverId = server.id;
            row.endpointId = id;
            row.name = Names.unique(named.get(id).name(), names::contains);
            row.enabled = true;
            row.createdAt = clock.instant();
            names.add(row.name);
            return row;
        }).toList();
    }

    @WithSession
    public Uni<Page<ServerTool>> list(Caller caller, String handle, Page.Slice slice) {
        caller.require(Permission.VIEW_SERVERS);
        return servers.row(caller, handle).chain(server -> store.page(server.id, slice))
                .chain(page -> tools(caller, page.items()).map(tools -> new Page<>(tools, page.more())));
    }

    private Uni<List<ServerTool>> tools(Caller caller, List<ServerToolEntity> rows) {
        return endpoints.named(caller, rows.stream().map(row -> row.endpointId).toList())
                .map(named -> rows.stream().map(row -> tool(row, named.get(row.endpointId))).toList());
    }

    private static ServerTool tool(ServerToolEntity row, Endpoint endpoint) {
        return new ServerTool(endpoint.id(), row.name, endpoint.title() == null ? row.name : endpoint.title(),
                row.description == null ? endpoint.description() : row.description, endpoint.description(),
                endpoint.enabled());
    }
}
