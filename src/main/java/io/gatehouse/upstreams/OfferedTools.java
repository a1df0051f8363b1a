package io.gatehouse.upstreams;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.gatehouse.kernel.Caller;
import io.gatehouse.upstreams.UpstreamToolStore.Candidate;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to recorded tools as what any server can offer. Works in the caller's session. */
@Singleton
public class OfferedTools {

    /** So many parameters a statement may surely have. */
    private static final int MOST_AT_ONCE = 10_000;

    private final UpstreamStore upstreams;
    private final UpstreamToolStore store;

    @Inject
    OfferedTools(UpstreamStore upstreams, UpstreamToolStore store) {
        this.upstreams = upstreams;
        this.store = store;
    }

    /** These tools of a workspace by id, whoever may see them. */
    public Uni<Map<Long, OfferedTool>> of(long workspaceId, Collection<Long> ids) {
        return store.these(ids).chain(rows -> show(workspaceId, rows));
    }

    /** The same by the other id. */
    public Uni<Map<Long, OfferedTool>> ofObjectIds(long workspaceId, Collection<String> objectIds) {
        return objectIds.isEmpty() ? Uni.createFrom().item(Map.of())
                : store.list("objectId in ?1", objectIds).chain(rows -> show(workspaceId, rows));
    }

    private Uni<Map<Long, OfferedTool>> show(long workspaceId, List<UpstreamToolEntity> rows) {
        Map<Long, List<UpstreamToolEntity>> byUpstream = rows.stream().collect(Collectors.groupingBy(row -> row.upstreamId));
        return these(workspaceId, byUpstream.keySet()).map(found -> {
            Map<Long, OfferedTool> offered = new HashMap<>();
            found.forEach(upstream -> byUpstream.get(upstream.id).stream().map(offered(upstream))
                    .forEach(tool -> offered.put(tool.recorded().id(), tool)));
            return offered;
        });
    }

    private static Function<UpstreamToolEntity, OfferedTool> offered(UpstreamEntity upstream) {
        Predicate<String> allowed = upstream.allowed().membership();
        return UpstreamTools.shown(upstream)
                .andThen(tool -> OfferedTool.of(upstream, tool, allowed.test(tool.upstreamName())));
    }

    private Uni<List<UpstreamEntity>> these(long workspaceId, Collection<Long> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(List.of()) : upstreams.these(workspaceId, ids);
    }

    /** Keeps the upstreams of these tools there, and as they are, until the caller's transaction ends. */
    public Uni<Void> pin(Collection<Long> ids) {
        return ids.isEmpty() ? Uni.createFrom().voidItem() : upstreams.pin("id", ids);
    }

    /** The same by the other id. */
    public Uni<Void> pinObjectIds(Collection<String> objectIds) {
        return objectIds.isEmpty() ? Uni.createFrom().voidItem() : upstreams.pin("objectId", objectIds);
    }

    /**
     * The upstream of this object id, kept as it is until the caller's transaction ends; null where the project has none such.
     */
    public Uni<Long> pinUpstream(long workspaceId, long projectId, String objectId) {
        return upstreams.id(workspaceId, projectId, objectId).onItem().ifNotNull().call(upstreams::pin);
    }

    /** Keeps an upstream there, and as it is, until the caller's transaction ends. */
    public Uni<Void> pinUpstream(long id) {
        return upstreams.pin(id);
    }

    /** The object ids of these upstreams, by id. */
    public Uni<Map<Long, String>> upstreamObjectIds(long workspaceId, Collection<Long> ids) {
        return these(workspaceId, ids)
                .map(found -> found.stream().collect(Collectors.toMap(row -> row.id, row -> row.objectId)));
    }

    /** Where these tools of a workspace are, by id. */
    public Uni<Map<Long, OfferedTool.Place>> places(long workspaceId, Collection<Long> ids) {
        return Multi.createFrom().iterable(ids).group().intoLists().of(MOST_AT_ONCE)
                .onItem().transformToUniAndConcatenate(some -> store.places(workspaceId, some))
                .collect().in(HashMap::new, (all, some) -> some.forEach(place -> all.put(place.id(), place)));
    }

    /**
     * The ids of those that nothing stands in the way of, but perhaps their input schema; by age.
     *
     * @param projectId null for every project
     * @param search a part of the name or title, in any case; null for all
     */
    public Uni<List<Long>> available(Caller caller, Long projectId, String search) {
        return store.candidates(caller, projectId, search).chain(candidates -> these(caller.workspaceId(),
                candidates.stream().map(Candidate::upstreamId).distinct().toList()).map(found -> {
                    Map<Long, Predicate<Candidate>> served = new HashMap<>();
                    found.forEach(upstream -> served.put(upstream.id, served(upstream)));
                    return candidates.stream().filter(tool -> served.getOrDefault(tool.upstreamId(), gone -> false).test(tool))
                            .map(Candidate::id).toList();
                }));
    }

    private static Predicate<Candidate> served(UpstreamEntity upstream) {
        Predicate<String> allowed = upstream.allowed().membership();
        return tool -> allowed.test(tool.upstreamName()) && upstream.changePolicy.serves(tool.status(), tool.looksLike());
    }

    /** The ids of what an upstream has and is allowed to serve, be it withheld; by age. */
    public Uni<List<Long>> whole(long upstreamId) {
        return upstreams.findById(upstreamId).chain(upstream -> upstream == null ? Uni.createFrom().item(List.of())
                : store.present(upstreamId).map(tools -> {
                    Predicate<String> allowed = upstream.allowed().membership();
                    return tools.stream().filter(tool -> allowed.test(tool.upstreamName())).map(KnownTool::id).toList();
                }));
    }

    /** What plans need of these tools, be they served now or not. */
    public Uni<List<OfferedTool.Plan>> plans(long workspaceId, Collection<Long> ids) {
        return store.these(ids).chain(rows -> these(workspaceId, rows.stream().map(row -> row.upstreamId).distinct().toList())
                .map(found -> {
                    List<OfferedTool.Plan> plans = new ArrayList<>();
                    found.forEach(upstream -> rows.stream().filter(row -> row.upstreamId == upstream.id)
                            .map(plan(upstream)).forEach(plans::add));
                    return plans;
                }));
    }

    private static Function<UpstreamToolEntity, OfferedTool.Plan> plan(UpstreamEntity upstream) {
        Predicate<String> allowed = upstream.allowed().membership();
        return row -> {
            boolean served = row.status != ToolStatus.GONE
                    && row.isServed(upstream.changePolicy, allowed.test(row.upstreamName));
            String definition = upstream.changePolicy == ChangePolicy.WITHHOLD ? row.approvedDefinition : row.definition();
            return new OfferedTool.Plan(row.id, upstream.toUpstream(), row.upstreamName, row.description,
                    served ? definition : null);
        };
    }
}
