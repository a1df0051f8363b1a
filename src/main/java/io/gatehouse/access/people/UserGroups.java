package io.gatehouse.access.people;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.database.Clash;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the groups of people. */
@Singleton
public class UserGroups {

    static final String TYPE = "user_group";

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_DESCRIPTION = 1_000;

    private final UserGroupStore store;
    private final EndUserStore users;
    private final EndUsers people;
    private final Members members;
    private final Memberships memberships;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;

    @Inject
    UserGroups(UserGroupStore store, EndUserStore users, EndUsers people, Members members, Memberships memberships,
            Audit audit, Changes changes, Clock clock) {
        this.store = store;
        this.users = users;
        this.people = people;
        this.members = members;
        this.memberships = memberships;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    @WithSession
    public Uni<Page<UserGroup>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_USERS);
        return store.page(caller.workspaceId(), slice)
                .chain(page -> groups(page.items()).map(groups -> new Page<>(groups, page.more())));
    }

    @WithSession
    public Uni<UserGroup> get(Caller caller, long id) {
        caller.require(Permission.VIEW_USERS);
        return store.one(caller.workspaceId(), id).onItem().ifNull().failWith(UserGroups::unknown).chain(this::group);
    }

    /** Those of the named groups that there are, by id; they stay until the caller's transaction ends. */
    @WithSession
    public Uni<Map<Long, UserGroup>> named(Caller caller, Collection<Long> ids) {
        return store.pin(caller.workspaceId(), ids).chain(this::groups)
                .map(groups -> groups.stream().collect(Collectors.toMap(UserGroup::id, group -> group)));
    }

    @WithSession
    public Uni<Page<EndUser>> members(Caller caller, long id, Page.Slice slice) {
        caller.require(Permission.VIEW_USERS);
        return store.one(caller.workspaceId(), id).onItem().ifNull().failWith(UserGroups::unknown)
                .chain(row -> people.in(row.id, slice));
    }

    @WithTransaction
    public Uni<UserGroup> create(Caller caller, NewUserGroup draft) {
        Memberships.requireEditor(caller);
        UserGroupEntity row = new UserGroupEntity();
        row.workspaceId = caller.workspaceId();
        row.name = Text.required("name", draft.name(), LONGEST_NAME);
        row.description = description(draft.description());
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        return unique(store.persistAndFlush(row).replaceWithVoid())
                .chain(() -> audit.note(caller, Deed.of(TYPE, "created", row.id, row.name, Map.of(), fields(row))))
                .map(done -> row.toUserGroup(0));
    }

    @WithTransaction
    public Uni<UserGroup> change(Caller caller, long id, NewUserGroup change) {
        Memberships.requireEditor(caller);
        String name = change.name() == null ? null : Text.required("name", change.name(), LONGEST_NAME);
        String description = description(change.description());
        return held(caller, id).chain(row -> {
            Map<String, Object> before = fields(row);
            row.name = name == null ? row.name : name;
            row.description = change.description() == null ? row.description : description;
            return (before.equals(fields(row)) ? Uni.createFrom().voidItem() : keep(caller, row, before))
                    .chain(() -> group(row));
        });
    }

    private Uni<Void> keep(Caller caller, UserGroupEntity row, Map<String, Object> before) {
        row.updatedAt = clock.instant();
        return unique(store.flush())
                .chain(() -> audit.note(caller, Deed.of(TYPE, "updated", row.id, row.name, before, fields(row))))
                .chain(() -> changes.announce(topic(row.id)));
    }

    /** It opens no server any more from the moment that this completes. */
    public Uni<Void> delete(Caller caller, long id) {
        Memberships.requireEditor(caller);
        return Panache.withTransaction(() -> held(caller, id).chain(row -> group(row).chain(group -> {
            Map<String, Object> before = fields(row);
            before.put("users_count", group.members());
            return audit.note(caller, Deed.of(TYPE, "deleted", id, row.name, before, Map.of()));
        }).chain(() -> store.delete(row)).chain(() -> changes.announce(topic(id))))).call(changes::settle);
    }

    /** Puts people into the group, all or none; one who is in it already stays. This holds when it completes. */
    public Uni<UserGroup> add(Caller caller, long id, List<Long> userIds) {
        Memberships.requireEditor(caller);
        return Panache.withTransaction(() -> held(caller, id).call(row -> users.pin(caller.workspaceId(), userIds)
                .invoke(known -> Memberships.requireKnown("user_ids", userIds, known, "user"))
                .chain(known -> memberships.add(caller, List.of(row), known)))
                .chain(this::group)).call(changes::settle);
    }

    /** Takes those of the people out who are in the group; this holds when it completes. */
    public Uni<UserGroup> remove(Caller caller, long id, List<Long> userIds) {
        Memberships.requireEditor(caller);
        return Panache.withTransaction(() -> held(caller, id)
                .call(row -> memberships.remove(caller, List.of(row), userIds)).chain(this::group))
                .call(changes::settle);
    }

    private Uni<UserGroupEntity> held(Caller caller, long id) {
        return store.lock(caller.workspaceId(), id).onItem().ifNull().failWith(UserGroups::unknown);
    }

    private Uni<UserGroup> group(UserGroupEntity row) {
        return groups(List.of(row)).map(groups -> groups.get(0));
    }

    private Uni<List<UserGroup>> groups(List<UserGroupEntity> rows) {
        return members.counts(rows.stream().map(row -> row.id).toList()).map(
                counts -> rows.stream().map(row -> row.toUserGroup(counts.getOrDefault(row.id, 0L))).toList());
    }

    private static Uni<Void> unique(Uni<Void> write) {
        return write.onFailure(failure -> Clash.isTaken(failure, UserGroupEntity.UNIQUE_NAME)).transform(
                failure -> Problem.invalidField("name", "duplicate", "name: another group has this name"));
    }

    private static String description(String text) {
        return text == null || text.isBlank() ? null : Text.bounded("description", text.strip(), LONGEST_DESCRIPTION);
    }

    private static Map<String, Object> fields(UserGroupEntity row) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", row.name);
        fields.put("description", row.description);
        return fields;
    }

    private static Problem unknown() {
        return Problem.notFound("User group");
    }

    /** The word of change notices for a group and for who is in it. */
    public static String topic(long id) {
        return "group:" + id;
    }
}
