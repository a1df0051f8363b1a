package io.gatehouse.servers.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.tools.operation.Endpoint;
import io.gatehouse.tools.operation.EndpointPlan;
import io.gatehouse.tools.operation.Endpoints;
import io.gatehouse.upstreams.OfferedTool;
import io.gatehouse.upstreams.OfferedTools;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to what servers can offer as tools, whatever it is. Works in the caller's session. */
@Singleton
public class Catalogue {

    private final Endpoints endpoints;
    private final OfferedTools upstreamTools;
    private final ToolNames names;

    @Inject
    Catalogue(Endpoints endpoints, OfferedTools upstreamTools, ToolNames names) {
        this.endpoints = endpoints;
        this.upstreamTools = upstreamTools;
        this.names = names;
    }

    /** Those of these entries that the caller sees, by id; in a transaction they stay as they are until it ends. */
    public Uni<Map<Long, CatalogueTool>> named(Caller caller, List<Long> ids) {
        return upstreamTools.pin(ids).chain(() -> whole(caller.workspaceId(), ids)).map(all -> {
            all.values().removeIf(tool -> !caller.sees(tool.projectId()));
            return all;
        });
    }

    /** The same by the other id, whoever may see them. */
    public Uni<Map<String, CatalogueTool>> named(long workspaceId, Collection<String> objectIds) {
        return upstreamTools.pinObjectIds(objectIds).chain(() -> byObjectId(workspaceId, objectIds));
    }

    private Uni<Map<String, CatalogueTool>> byObjectId(long workspaceId, Collection<String> objectIds) {
        return endpoints.byObjectId(workspaceId, objectIds)
                .chain(operations -> upstreamTools.ofObjectIds(workspaceId, objectIds)
                        .map(offered -> joined(operations.values(), offered.values())))
                .map(all -> all.values().stream()
                        .collect(Collectors.toMap(CatalogueTool::objectId, Function.identity())));
    }

    private Uni<Map<Long, CatalogueTool>> whole(long workspaceId, List<Long> ids) {
        return endpoints.whole(workspaceId, ids).chain(operations -> upstreamTools.of(workspaceId, ids)
                .map(offered -> joined(operations.values(), offered.values())));
    }

    /** These entries of a workspace by id, whoever may see them; operations without their schemas. */
    public Uni<Map<Long, CatalogueTool>> of(long workspaceId, CatalogueIds ids) {
        return endpoints.of(workspaceId, ids.operations()).chain(operations -> upstreamTools
                .of(workspaceId, ids.upstreamTools()).map(offered -> joined(operations.values(), offered.values())));
    }

    private Map<Long, CatalogueTool> joined(Collection<Endpoint> operations, Collection<OfferedTool> offered) {
        Map<Long, CatalogueTool> joined = new HashMap<>();
        operations.forEach(endpoint -> joined.put(endpoint.id(), CatalogueTool.of(endpoint)));
        offered.forEach(tool -> joined.put(tool.recorded().id(), CatalogueTool.of(tool, names)));
        return joined;
    }

    /** Where these entries of a workspace are, by id, whoever may see them. */
    public Uni<Map<Long, CatalogueTool.Place>> places(long workspaceId, CatalogueIds ids) {
        return endpoints.of(workspaceId, ids.operations()).chain(operations -> upstreamTools
                .places(workspaceId, ids.upstreamTools()).map(offered -> {
                    Map<Long, CatalogueTool.Place> places = new HashMap<>();
                    operations.values().forEach(endpoint -> places.put(endpoint.id(),
                            new CatalogueTool.Place(endpoint.objectId(), endpoint.projectId())));
                    offered.values().forEach(tool -> places.put(tool.id(),
                            new CatalogueTool.Place(tool.objectId(), tool.projectId())));
                    return places;
                }));
    }

    /**
     * What can be put on servers, by age.
     *
     * @param projectId null for every project
     * @param search a part of the name or title, in any case; null for all
     */
    @WithSession
    public Uni<Page<CatalogueTool>> available(Caller caller, Long projectId, String search, Page.Slice slice) {
        caller.require(Permission.VIEW_TOOLS);
        return upstreamTools.available(caller, projectId, search).chain(offered -> {
            // So many operations at least come before the slice, for no more than all tools of upstreams can.
            int passed = Math.max(0, slice.offset() - offered.size());
            Page.Slice operations = new Page.Slice(passed, slice.offset() - passed + slice.limit() + 1);
            return endpoints.available(caller, projectId, null, search, operations)
                    .map(found -> slice.of(Stream.concat(found.stream(), offered.stream()).sorted()
                            .skip(slice.offset() - passed).limit(slice.limit() + 1L).toList()));
        }).chain(ids -> whole(caller.workspaceId(), ids.items()).map(found -> new Page<>(
                ids.items().stream().map(found::get).filter(Catalogue::isAvailable).toList(), ids.more())));
    }

    private static boolean isAvailable(CatalogueTool tool) {
        return tool != null && tool.refusal() == null && tool.obstacle() == null;
    }

    /** What can be put on servers of one imported API that the caller sees. */
    public Uni<List<CatalogueTool>> available(Caller caller, long collectionId, int most) {
        return endpoints.available(caller, null, collectionId, null, new Page.Slice(0, most))
                .chain(ids -> whole(caller.workspaceId(), ids)
                        .map(found -> ids.stream().map(found::get).filter(Catalogue::isAvailable).toList()));
    }

    /** Fails with NOT_FOUND for what can't be a tool, too. */
    @WithSession
    public Uni<CatalogueTool> get(Caller caller, String objectId) {
        caller.require(Permission.VIEW_TOOLS);
        return byObjectId(caller.workspaceId(), List.of(objectId)).map(found -> found.get(objectId))
                .map(tool -> tool == null || tool.refusal() != null || !caller.sees(tool.projectId()) ? null : tool)
                .onItem().ifNull().failWith(() -> Problem.notFound("Tool"));
    }

    /** What plans need of these entries of a workspace; of what is not there, nothing. */
    public Uni<List<Offer>> offers(long workspaceId, CatalogueIds ids) {
        return endpoints.plans(workspaceId, ids.operations()).chain(plans -> upstreamTools
                .plans(workspaceId, ids.upstreamTools()).map(offered -> {
                    Map<Long, EndpointPlan> enabled = plans.stream()
                            .collect(Collectors.toMap(EndpointPlan::id, Function.identity()));
                    List<Offer> offers = new ArrayList<>();
                    ids.operations().forEach(id -> offers.add(new OperationOffer(id, enabled.get(id))));
                    offered.forEach(plan -> offers.add(new UpstreamOffer(plan)));
                    return offers;
                }));
    }
}
