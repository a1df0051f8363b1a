package io.gatehouse.tools.operation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.gatehouse.connections.Connections;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the operations of collections, each of which can become a tool. */
@Singleton
public class Endpoints {

    /** So many parameters a statement may surely have. */
    private static final int MOST_AT_ONCE = 10_000;

    private final EndpointStore store;
    private final Connections connections;
    private final Audit audit;
    private final Changes changes;

    @Inject
    Endpoints(EndpointStore store, Connections connections, Audit audit, Changes changes) {
        this.store = store;
        this.connections = connections;
        this.audit = audit;
        this.changes = changes;
    }

    /** @param collectionId null for every collection */
    @WithSession
    public Uni<Page<Endpoint>> list(Caller caller, Long collectionId, Page.Slice slice) {
        caller.require(Permission.VIEW_TOOLS);
        return store.page(caller, collectionId, slice);
    }

    /** These endpoints of a workspace, whoever may see them, with their schemas. In the caller's session. */
    public Uni<Map<Long, Endpoint>> whole(long workspaceId, List<Long> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(Map.of())
                : store.all(workspaceId, ids).map(rows -> rows.stream().map(EndpointEntity::toEndpoint)
                        .collect(Collectors.toMap(Endpoint::id, endpoint -> endpoint)));
    }

    /** These endpoints of a workspace by the other id, whoever may see them. In the caller's session. */
    public Uni<Map<String, Endpoint>> byObjectId(long workspaceId, Collection<String> objectIds) {
        return store.byObjectId(workspaceId, objectIds).map(rows -> rows.stream().map(EndpointEntity::toEndpoint)
                .collect(Collectors.toMap(Endpoint::objectId, endpoint -> endpoint)));
    }

    /** These endpoints of a workspace, whoever may see them, without their schemas. In the caller's session. */
    public Uni<Map<Long, Endpoint>> of(long workspaceId, List<Long> ids) {
        return Multi.createFrom().iterable(ids).group().intoLists().of(MOST_AT_ONCE)
                .onItem().transformToUniAndConcatenate(some -> store.summaries(workspaceId, some))
                .collect().in(HashMap::new, (all, some) -> some.forEach(endpoint -> all.put(endpoint.id(), endpoint)));
    }

    /**
     * The ids of what can be put on servers, by age. In the caller's session.
     *
     * @param projectId null for every project
     * @param collectionId null for every collection
     * @param search a part of the name or title, in any case; null for all
     */
    public Uni<List<Long>> available(Caller caller, Long projectId, Long collectionId, String search, Page.Slice slice) {
        return store.available(caller, projectId, collectionId, search, slice);
    }

    /** A disabled endpoint is gone from the servers that it is on when this completes, until it is enabled again. */
    public Uni<Void> enable(Caller caller, long id, boolean enabled) {
        caller.require(Permission.EDIT_TOOLS);
        return Panache.withTransaction(() -> store.lock(caller, id).onItem().ifNull()
                .failWith(() -> Problem.notFound("API endpoint"))
                .chain(row -> enable(caller, row, enabled))
                .chain(() -> changes.announce(topic(id)))).call(changes::settle);
    }

    private Uni<Void> enable(Caller caller, EndpointEntity row, boolean enabled) {
        if (enabled && row.refusal != null) {
            throw Problem.invalid("not_a_tool", "This endpoint can't be a tool: " + row.refusal);
        }
        if (row.enabled == enabled) {
            return Uni.createFrom().voidItem();
        }
        row.enabled = enabled;
        return audit.note(caller, Deed.of("api_endpoint", enabled ? "enabled" : "disabled", row.id, row.name,
                Map.of("enabled", !enabled), Map.of("enabled", enabled)));
    }

    /** What a plan needs of those of these endpoints that are enabled. In the caller's session. */
    public Uni<List<EndpointPlan>> plans(long workspaceId, List<Long> ids) {
        return store.all(workspaceId, ids).chain(rows -> connections
                .baseUrls(rows.stream().map(row -> row.collection.connectionId).filter(id -> id != null).toList())
                .map(baseUrls -> rows.stream().filter(row -> row.enabled)
                        .map(row -> row.toPlan(baseUrls.get(row.collection.connectionId))).toList()));
    }

    /** The word of change notices for an endpoint. */
    public static String topic(long endpointId) {
        return "endpoint:" + endpointId;
    }
}
