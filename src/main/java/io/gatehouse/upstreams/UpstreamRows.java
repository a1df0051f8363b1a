package io.gatehouse.upstreams;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.gatehouse.connections.Connection;
import io.gatehouse.connections.Connections;
import io.gatehouse.connections.Scheme;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.Upstream;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.upstreams.Registrations.Dependent;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What the doors to upstreams share: to show them, and to finish a write with an audit entry and a notice. */
@Singleton
class UpstreamRows {

    private static final int MOST_NAMES = 200;
    private static final int MOST_NAMED = 10;

    private final UpstreamToolStore tools;
    private final Connections connections;
    private final Audit audit;
    private final Changes changes;
    private final List<ToolTaker> takers;

    @Inject
    UpstreamRows(UpstreamToolStore tools, Connections connections, Audit audit, Changes changes,
            @All List<ToolTaker> takers) {
        this.tools = tools;
        this.connections = connections;
        this.audit = audit;
        this.changes = changes;
        this.takers = takers;
    }

    /** Who has tools of the upstream, be it in the recycle bin. */
    Uni<List<Dependent>> takers(long upstreamId) {
        return ask(taker -> taker.takersOf(upstreamId));
    }

    /** One room after the other: they share a session. */
    private Uni<List<Dependent>> ask(Function<ToolTaker, Uni<? extends List<Dependent>>> question) {
        return Multi.createFrom().iterable(takers).onItem().transformToUniAndConcatenate(question)
                .onItem().<Dependent> disjoint().collect().asList();
    }

    /** Fails with CONFLICT, and says by what, while something else offers tools of the upstream. */
    Uni<Void> refuseWhileUsed(Caller caller, long upstreamId) {
        return takers(upstreamId)
                .invoke(users -> refuse(caller, users, "upstream_in_use", "Tools of the remote MCP server are on "))
                .replaceWithVoid();
    }

    /** The same for one tool that was chosen by itself. */
    Uni<Void> refuseWhileChosen(Caller caller, long toolId) {
        return ask(taker -> taker.takersOfTool(toolId))
                .invoke(users -> refuse(caller, users, "upstream_in_use", "The tool is on ")).replaceWithVoid();
    }

    /** @throws Problem CONFLICT, by whom it is needed, unless nobody needs it */
    static void refuse(Caller caller, List<Dependent> users, String code, String words) {
        if (!users.isEmpty()) {
            throw Problem.conflict(code, words + users.stream()
                    .map(user -> !caller.sees(user.projectId()) ? "something in another project"
                            : "the MCP server \"" + user.name() + "\"" + (user.deleted() ? " in the recycle bin" : ""))
                    .distinct().limit(MOST_NAMED).collect(Collectors.joining(", ")));
        }
    }

    /** Lets those who take over whole upstreams catch up. Outside of any transaction. */
    Uni<Void> lead(Caller caller, long upstreamId) {
        return Multi.createFrom().iterable(takers)
                .onItem().transformToUniAndConcatenate(taker -> taker.follow(caller, upstreamId))
                .collect().asList().replaceWithVoid();
    }

    static Map<String, Object> fields(UpstreamEntity row) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", row.name);
        fields.put("url", row.url);
        fields.put("connection_id", row.connectionId);
        fields.put("timeout_seconds", row.timeoutMillis / 1_000);
        fields.put("allowed_tools", row.allowedTools);
        fields.put("change_policy", row.changePolicy.name());
        fields.values().removeIf(Objects::isNull);
        return fields;
    }

    /** In the caller's transaction. */
    Uni<Void> finish(Caller caller, UpstreamEntity row, String verb, Map<String, ?> before, Map<String, ?> after) {
        return note(caller, row, verb, before, after).chain(() -> announce(row));
    }

    private Uni<Void> note(Caller caller, UpstreamEntity row, String verb, Map<String, ?> before, Map<String, ?> after) {
        return audit.note(caller, Deed.of("upstream", verb, row.objectId, row.name, before, after));
    }

    /** For a new one: no plan has it yet, and a notice that is heard late would end the first session with it. */
    Uni<Void> begin(Caller caller, UpstreamEntity row) {
        return note(caller, row, "registered", Map.of(), fields(row));
    }

    /** Plans that have the upstream are stale. */
    Uni<Void> announce(UpstreamEntity row) {
        return changes.announce(Upstream.topic(row.id));
    }

    /** For what an upstream did to its tools; of very many, some are named. */
    Uni<Void> finish(Caller caller, UpstreamEntity row, ToolRecords.Digests difference) {
        return finish(caller, row, "tools_changed", some(difference.before()), some(difference.after()));
    }

    private static Map<String, String> some(Map<String, String> digests) {
        Map<String, String> sorted = new TreeMap<>(digests);
        while (sorted.size() > MOST_NAMES) {
            sorted.remove(((TreeMap<String, String>) sorted).lastKey());
        }
        return sorted;
    }

    /** By id. In the caller's session. */
    Uni<Map<Long, Registration>> show(List<UpstreamEntity> rows) {
        List<Long> used = rows.stream().map(row -> row.connectionId).filter(Objects::nonNull).toList();
        return connections.of(used).chain(credentials -> tools.counts(ids(rows)).map(counts -> rows.stream()
                .collect(Collectors.toMap(row -> row.id,
                        row -> show(row, credentials.get(row.connectionId), counts.get(row.id))))));
    }

    private static Collection<Long> ids(List<UpstreamEntity> rows) {
        return rows.stream().map(row -> row.id).toList();
    }

    private static Registration show(UpstreamEntity row, Connection connection, ToolCount count) {
        return new Registration(row.id, row.objectId, row.projectId, row.name, row.url, row.connectionId,
                connection == null ? Scheme.NONE : connection.scheme(), row.target().timeout(), row.allowed(),
                row.changePolicy, row.era, row.card, row.state, row.stateDetail, row.stateSince, row.checkedAt,
                count == null ? 0 : count.present(), count == null ? 0 : count.changes(), row.createdAt, row.updatedAt);
    }
}
