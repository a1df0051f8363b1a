package io.gatehouse.upstreams;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.gatehouse.access.Projects;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to upstreams by themselves, whether or not a server stands for them. */
@Singleton
public class Registrations {

    private final UpstreamStore store;
    private final UpstreamToolStore toolStore;
    private final UpstreamRows rows;
    private final Upstreams upstreams;
    private final UpstreamTools tools;
    private final Checkups checkups;
    private final Projects projects;
    private final Changes changes;
    private final List<StandIns> rooms;

    /** A room whose things stand for upstreams, so that none of these goes away while it is needed. */
    public interface StandIns {

        /** In the caller's session. */
        Uni<List<Dependent>> of(long upstreamId);
    }

    /**
     * A server that stands for an upstream, or has tools of it.
     *
     * @param deleted whether it is in the recycle bin
     */
    public record Dependent(String objectId, String name, long projectId, boolean deleted) {
    }

    @Inject
    Registrations(UpstreamStore store, UpstreamToolStore toolStore, UpstreamRows rows, Upstreams upstreams,
            UpstreamTools tools, Checkups checkups, Projects projects, Changes changes, @All List<StandIns> rooms) {
        this.store = store;
        this.toolStore = toolStore;
        this.rows = rows;
        this.upstreams = upstreams;
        this.tools = tools;
        this.checkups = checkups;
        this.projects = projects;
        this.changes = changes;
        this.rooms = rooms;
    }

    @WithSession
    public Uni<Page<Registration>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_CONNECTIONS);
        return store.page(caller, slice).chain(page -> rows.show(page.items())
                .map(shown -> page.map(row -> shown.get(row.id))));
    }

    public Uni<Registration> get(Caller caller, String objectId) {
        caller.require(Permission.VIEW_CONNECTIONS);
        return shown(caller, objectId);
    }

    private Uni<Registration> shown(Caller caller, String objectId) {
        return Panache.withSession(() -> find(caller, objectId).chain(row -> rows.show(List.of(row))
                .map(shown -> shown.get(row.id))));
    }

    /** One that stays until it is deleted. Fails as {@link Upstreams#register} does. */
    public Uni<Registration> create(Caller caller, UpstreamDraft draft) {
        caller.require(Permission.EDIT_CONNECTIONS);
        return Panache.withSession(() -> projects.home(caller))
                .chain(home -> upstreams.register(caller, home.projectId(), draft.name(), draft,
                        id -> store.findById(id).invoke(row -> row.standsAlone = true)))
                .chain(row -> shown(caller, row.objectId));
    }

    /** Every replica uses it as it is then when this completes. */
    public Uni<Registration> change(Caller caller, String objectId, UpstreamDraft draft) {
        caller.require(Permission.EDIT_CONNECTIONS);
        return Panache.withSession(() -> find(caller, objectId))
                .chain(row -> upstreams.change(caller, row.id, draft, () -> Uni.createFrom().voidItem()))
                .call(changes::settle)
                .chain(() -> shown(caller, objectId));
    }

    /** Looks how it is, and records what has changed. */
    public Uni<Registration> check(Caller caller, String objectId) {
        caller.require(Permission.OPERATE_CONNECTIONS);
        return Panache.withSession(() -> find(caller, objectId)).chain(row -> checkups.refresh(caller, row.id));
    }

    /** What stands for it; nothing for one that is not there. */
    @WithSession
    public Uni<List<Dependent>> standIns(Caller caller, String objectId) {
        caller.require(Permission.VIEW_CONNECTIONS);
        return one(caller, objectId).chain(row -> row == null ? Uni.createFrom().item(List.of())
                : standIns(row.id, 0, new ArrayList<>()));
    }

    /** What has tools of it; nothing for one that is not there. */
    @WithSession
    public Uni<List<Dependent>> takers(Caller caller, String objectId) {
        caller.require(Permission.VIEW_CONNECTIONS);
        return one(caller, objectId).chain(row -> row == null ? Uni.createFrom().item(List.of()) : rows.takers(row.id));
    }

    /** Its tools by age. */
    @WithSession
    public Uni<Page<RecordedTool>> tools(Caller caller, String objectId, Page.Slice slice) {
        caller.require(Permission.VIEW_CONNECTIONS);
        return find(caller, objectId).chain(row -> tools.list(row.id, slice));
    }

    @WithSession
    public Uni<RecordedTool> tool(Caller caller, String objectId, String toolId) {
        caller.require(Permission.VIEW_CONNECTIONS);
        return known(caller, objectId, toolId).chain(known -> tools.get(known.upstream().id, known.id()));
    }

    /** Those of its tools that are not as they were approved, the latest change last. */
    @WithSession
    public Uni<Page<ToolChange>> toolChanges(Caller caller, String objectId, Page.Slice slice) {
        caller.require(Permission.VIEW_CONNECTIONS);
        return find(caller, objectId).chain(row -> tools.changes(row.id, slice));
    }

    /** For every server that stands for it. */
    public Uni<RecordedTool> changeTool(Caller caller, String objectId, String toolId, ToolWish wish) {
        caller.require(Permission.EDIT_CONNECTIONS);
        return known(caller, objectId, toolId).chain(known -> Panache.withTransaction(() -> tools
                .change(known.upstream().id, known.id(), wish)
                .call(changed -> note(caller, known.upstream(), changed)).map(UpstreamTools.Changed::after)))
                .call(changes::settle);
    }

    private Uni<Void> note(Caller caller, UpstreamEntity row, UpstreamTools.Changed changed) {
        Map<String, ?> before = fields(changed.before());
        Map<String, ?> after = fields(changed.after());
        return before.equals(after) ? Uni.createFrom().voidItem()
                : rows.finish(caller, row, "tool_changed",
                        Map.of(changed.before().upstreamName(), before), Map.of(changed.after().upstreamName(), after));
    }

    private static Map<String, ?> fields(RecordedTool tool) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", tool.name());
        fields.put("description", tool.description());
        fields.put("enabled", tool.enabled());
        return fields;
    }

    /** @param digest of what is approved; null for a tool's being gone */
    public Uni<Void> approveTool(Caller caller, String objectId, String toolId, String digest) {
        caller.require(Permission.OPERATE_CONNECTIONS);
        return known(caller, objectId, toolId).chain(known -> Panache.withTransaction(
                () -> tools.approve(caller, known.upstream().id, known.id(), digest))).call(changes::settle);
    }

    /** Fails with CONFLICT, and says by what, while something stands for it or has tools of it. */
    public Uni<Void> delete(Caller caller, String objectId) {
        caller.require(Permission.EDIT_CONNECTIONS);
        return Panache.withSession(() -> find(caller, objectId)).chain(found -> Panache.withTransaction(() -> store
                .lock(found.id).onItem().ifNull().failWith(Registrations::unknown)
                .call(row -> standIns(row.id, 0, new ArrayList<>())
                        .call(needing -> rows.takers(row.id).invoke(needing::addAll))
                        .invoke(needing -> UpstreamRows.refuse(caller, needing, "connection_in_use",
                                "The connection is used by ")))
                .invoke(row -> row.standsAlone = false)
                .chain(row -> upstreams.remove(caller, row.id)))).call(changes::settle);
    }

    private Uni<UpstreamEntity> find(Caller caller, String objectId) {
        return one(caller, objectId).onItem().ifNull().failWith(Registrations::unknown);
    }

    /** Null for what the caller does not see, and for what can't be an id. */
    private Uni<UpstreamEntity> one(Caller caller, String objectId) {
        return ObjectId.isOne(objectId) ? store.one(caller, objectId) : Uni.createFrom().nullItem();
    }

    /** A tool's id, and the upstream that it is of. */
    private record Known(UpstreamEntity upstream, long id) {
    }

    /** In a session of its own: whoever changes the tool then must read it under a lock, and not as it is known here. */
    private Uni<Known> known(Caller caller, String objectId, String toolId) {
        return Panache.withSession(() -> find(caller, objectId).chain(row -> (ObjectId.isOne(toolId)
                ? toolStore.id(row.id, toolId)
                : Uni.createFrom().<Long> nullItem())
                .onItem().ifNull().failWith(() -> Problem.notFound("Tool"))
                .map(id -> new Known(row, id))));
    }

    private static Problem unknown() {
        return Problem.notFound("Connection");
    }

    /** One room after the other: they share a session. */
    private Uni<List<Dependent>> standIns(long id, int room, List<Dependent> known) {
        return room == rooms.size() ? Uni.createFrom().item(known)
                : rooms.get(room).of(id).invoke(known::addAll).chain(() -> standIns(id, room + 1, known));
    }
}
