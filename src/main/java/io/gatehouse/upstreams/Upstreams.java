package io.gatehouse.upstreams;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.gatehouse.connections.Connections;
import io.gatehouse.connections.Credentials;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.RemotePlan;
import io.gatehouse.plan.Upstream;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to upstreams as things with a place, a credential and rules. */
@Singleton
public class Upstreams {

    private final UpstreamStore store;
    private final UpstreamToolStore tools;
    private final UpstreamRows rows;
    private final ToolRecords records;
    private final Trials trials;
    private final Connections connections;
    private final Clock clock;

    @Inject
    Upstreams(UpstreamStore store, UpstreamToolStore tools, UpstreamRows rows, ToolRecords records, Trials trials,
            Connections connections, Clock clock) {
        this.store = store;
        this.tools = tools;
        this.rows = rows;
        this.records = records;
        this.trials = trials;
        this.connections = connections;
        this.clock = clock;
    }

    /**
     * Asks a new upstream for its tools and stores both; fails with INVALID on {@code remote.url}, and stores nothing,
     * where no MCP server is found.
     *
     * @param along what else is to be stored in the same transaction, for the upstream of this id
     */
    public <T> Uni<T> register(Caller caller, long projectId, String name, UpstreamDraft draft,
            Function<Long, Uni<T>> along) {
        UpstreamRules.check(draft, true);
        Trials.Plan plan = new Trials.Plan(projectId, name, UpstreamRules.url(draft.url()),
                draft.timeout() == null ? UpstreamRules.USUAL_TIMEOUT : draft.timeout(), draft.credential(), null);
        return trials.pass(caller, plan, passed -> store(caller, plan, draft, passed).chain(along::apply));
    }

    private Uni<Long> store(Caller caller, Trials.Plan plan, UpstreamDraft draft, Trials.Passed passed) {
        UpstreamEntity row = new UpstreamEntity();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        row.claimedAt = row.createdAt;
        row.objectId = ObjectId.create(row.createdAt);
        row.workspaceId = caller.workspaceId();
        row.projectId = plan.projectId();
        row.name = plan.name();
        row.changePolicy = ChangePolicy.WITHHOLD;
        row.timeoutMillis = plan.timeout().toMillis();
        write(row, passed);
        write(row, draft);
        return store.persistAndFlush(row)
                .chain(() -> records.first(row, passed.sighting(), caller.subject()))
                .chain(() -> rows.begin(caller, row))
                .replaceWith(() -> row.id);
    }

    private static void write(UpstreamEntity row, Trials.Passed passed) {
        row.url = passed.target().url().toString();
        row.connectionId = passed.target().connectionId();
        row.ownsConnection = passed.ownsConnection();
        row.era = passed.sighting().era();
        row.card = passed.sighting().card();
        row.set(State.HEALTHY, passed.sighting().oddity(), passed.sighting().asOf());
    }

    private static void write(UpstreamEntity row, UpstreamDraft draft) {
        row.name = draft.name() == null ? row.name : draft.name().strip();
        row.timeoutMillis = draft.timeout() == null ? row.timeoutMillis : draft.timeout().toMillis();
        row.changePolicy = draft.changePolicy() == null ? row.changePolicy : draft.changePolicy();
        if (draft.allowedTools() != null) {
            row.allow(draft.allowedTools());
        }
    }

    /**
     * Changes what the draft says. Another URL or credential is tried first, and tools that are otherwise there are
     * changes like any other.
     *
     * @param along what else is to be stored in the same transaction, before
     */
    public <T> Uni<T> change(Caller caller, long id, UpstreamDraft draft, Supplier<Uni<T>> along) {
        UpstreamRules.check(draft, false);
        return Panache.withSession(() -> store.findById(id).chain(row -> rows.show(List.of(row)))).chain(shown -> {
            Registration now = shown.get(id);
            if (draft.objectId() != null && !draft.objectId().equals(now.objectId())) {
                throw Problem.invalidField("remote.upstream_id", "read_only",
                        "remote.upstream_id: a server stands for what it was made for");
            }
            CredentialWish credential = otherThan(now, draft.credential());
            String url = draft.url() == null ? now.url() : UpstreamRules.url(draft.url()).toString();
            if (credential == null && url.equals(now.url())) {
                return Panache.withTransaction(() -> change(caller, id, draft, null, along));
            }
            Duration timeout = draft.timeout() == null ? now.timeout() : draft.timeout();
            return trials.pass(caller, new Trials.Plan(now.projectId(), "MCP server " + URI.create(url).getHost(),
                    URI.create(url), timeout, credential, now.connectionId()),
                    passed -> change(caller, id, draft, passed, along));
        }).call(() -> rows.lead(caller, id));
    }

    /** The wish, or null where it is what is there. */
    private static CredentialWish otherThan(Registration now, CredentialWish wish) {
        if (wish == null || wish.connectionId() != null && wish.connectionId().equals(now.connectionId())
                || wish.connectionId() == null && wish.secret() == null && wish.scheme().equals(now.scheme())) {
            return null;
        }
        if (wish.lacksSecret()) {
            throw Problem.invalidField("remote.auth", "missing_required_field", "remote.auth: the secret is missing");
        }
        return wish;
    }

    private <T> Uni<T> change(Caller caller, long id, UpstreamDraft draft, Trials.Passed passed,
            Supplier<Uni<T>> along) {
        return along.get().call(() -> hold(id).chain(row -> {
            Map<String, Object> before = UpstreamRows.fields(row);
            Long former = row.ownsConnection ? row.connectionId : null;
            if (passed != null) {
                boolean keeps = Objects.equals(row.connectionId, passed.target().connectionId());
                boolean owns = keeps ? row.ownsConnection : passed.ownsConnection();
                write(row, passed);
                row.ownsConnection = owns;
            }
            write(row, draft);
            row.updatedAt = clock.instant();
            return store.flush().chain(() -> passed == null ? Uni.createFrom().voidItem() : compare(caller, row, passed))
                    .chain(() -> Objects.equals(former, row.connectionId) ? Uni.createFrom().voidItem()
                            : disconnect(caller, former))
                    .chain(() -> rows.finish(caller, row, "changed", before, UpstreamRows.fields(row)));
        }));
    }

    private Uni<Void> compare(Caller caller, UpstreamEntity row, Trials.Passed passed) {
        return records.compare(row, passed.sighting()).chain(difference -> difference.isNone()
                ? Uni.createFrom().voidItem()
                : rows.finish(caller, row, difference));
    }

    /** @param connectionId one that an upstream owned, or null */
    private Uni<Void> disconnect(Caller caller, Long connectionId) {
        return connectionId == null ? Uni.createFrom().voidItem() : connections.remove(caller, connectionId);
    }

    private Uni<UpstreamEntity> hold(long id) {
        return store.lock(id).onItem().ifNull().failWith(() -> Problem.notFound("Remote MCP server"));
    }

    /**
     * Forgets an upstream that nothing stands for any more, with its tools and the connection that was made for it; not
     * one that stands alone. In the caller's transaction. Fails with CONFLICT while something offers its tools.
     */
    public Uni<Void> remove(Caller caller, long id) {
        return store.lock(id).onItem().ifNotNull().call(row -> row.standsAlone ? Uni.createFrom().voidItem()
                : rows.refuseWhileUsed(caller, id).chain(() -> store.delete(row)).chain(store::flush)
                        .chain(() -> disconnect(caller, row.ownsConnection ? row.connectionId : null))
                        .chain(() -> rows.finish(caller, row, "removed", UpstreamRows.fields(row), Map.of())))
                .replaceWithVoid();
    }

    /** Whether it stays when nothing stands for it any more. In the caller's session. */
    public Uni<Boolean> standsAlone(long id) {
        return store.findById(id).map(row -> row.standsAlone);
    }

    /** An upstream that an input names; fails with INVALID on {@code remote.upstream_id} where the project has none such. */
    @WithSession
    public Uni<Long> named(Caller caller, long projectId, String objectId) {
        return store.pinned(caller.workspaceId(), objectId)
                .map(row -> row == null || row.projectId != projectId ? null : row.id)
                .onItem().ifNull().failWith(() -> Problem.invalidField("remote.upstream_id", "invalid_ref",
                        "remote.upstream_id: the project has no such remote MCP server"));
    }

    /** One that the caller sees, kept until the caller's transaction ends; null where there is none. */
    @WithSession
    public Uni<Registration> pinned(Caller caller, String objectId) {
        return store.pinned(caller.workspaceId(), objectId)
                .chain(row -> row == null || !caller.sees(row.projectId) ? Uni.createFrom().nullItem()
                        : rows.show(List.of(row)).map(shown -> shown.get(row.id)));
    }

    /** The object ids of these, by id. */
    @WithSession
    public Uni<Map<Long, String>> objectIds(Caller caller, Collection<Long> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(Map.of())
                : store.these(caller.workspaceId(), ids)
                        .map(found -> found.stream().collect(Collectors.toMap(row -> row.id, row -> row.objectId)));
    }

    /** By id. */
    @WithSession
    public Uni<Map<Long, Registration>> of(Caller caller, Collection<Long> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(Map.of())
                : store.these(caller.workspaceId(), ids).chain(rows::show);
    }

    /** What a server that stands for an upstream serves. In the caller's session. */
    public Uni<RemotePlan> plan(long id) {
        return store.findById(id).chain(row -> tools.planned(id, row.changePolicy).map(planned -> {
            Predicate<String> allowed = row.allowed().membership();
            return new RemotePlan(row.toUpstream(), row.changePolicy == ChangePolicy.SERVE && row.allowed().areAll(),
                    planned.stream().map(tool -> tool.plan(row.changePolicy, allowed.test(tool.upstreamName()))).toList());
        }));
    }

    /** What a plan depends on that has this upstream, in the words of change notices. */
    public static List<String> topics(Upstream upstream) {
        return upstream.connectionId() == null ? List.of(Upstream.topic(upstream.id()))
                : List.of(Upstream.topic(upstream.id()), Credentials.topic(upstream.connectionId()));
    }
}
