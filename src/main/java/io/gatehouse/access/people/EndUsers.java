package io.gatehouse.access.people;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.gatehouse.access.clients.Administrators;
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

/** The door to the people who use MCP servers. */
@Singleton
public class EndUsers {

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_EMAIL = 254;
    private static final String PLAIN = "[^\\s@<>(),;:\\\\\"\\[\\].]+";
    private static final Pattern EMAIL = Pattern.compile("%1$s(?:\\.%1$s)*@%1$s(?:\\.%1$s)*".formatted(PLAIN));

    private final EndUserStore store;
    private final UserGroupStore groups;
    private final Members members;
    private final Memberships memberships;
    private final Administrators administrators;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;

    @Inject
    EndUsers(EndUserStore store, UserGroupStore groups, Members members, Memberships memberships,
            Administrators administrators, Audit audit, Changes changes, Clock clock) {
        this.store = store;
        this.groups = groups;
        this.members = members;
        this.memberships = memberships;
        this.administrators = administrators;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    @WithSession
    public Uni<Page<EndUser>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_USERS);
        return store.page(caller.workspaceId(), slice).chain(this::people);
    }

    @WithSession
    public Uni<EndUser> get(Caller caller, long id) {
        caller.require(Permission.VIEW_USERS);
        return store.one(caller.workspaceId(), id).onItem().ifNull().failWith(EndUsers::unknown).chain(this::person);
    }

    /** A person as they are now, for who lets people in; null when there is none. */
    @WithSession
    public Uni<EndUser> known(long workspaceId, long id) {
        return store.one(workspaceId, id).onItem().ifNotNull().transformToUni(this::person);
    }

    /** The people in a group that the caller has been shown already. In the caller's session. */
    Uni<Page<EndUser>> in(long groupId, Page.Slice slice) {
        return members.page(groupId, slice).chain(this::people);
    }

    @WithTransaction
    public Uni<EndUser> create(Caller caller, NewEndUser draft) {
        Memberships.requireEditor(caller);
        EndUserEntity row = new EndUserEntity();
        row.workspaceId = caller.workspaceId();
        row.name = Text.required("name", draft.name(), LONGEST_NAME);
        row.email = email(draft.email());
        row.active = draft.active() == null || draft.active();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        return unique(store.persistAndFlush(row).replaceWithVoid())
                .chain(() -> audit.note(caller, deed(row, "created", Map.of(), fields(row))))
                .map(done -> row.toEndUser(List.of()));
    }

    /** One who is no longer active is let in nowhere from the moment that this completes. */
    public Uni<EndUser> change(Caller caller, long id, NewEndUser change) {
        Memberships.requireEditor(caller);
        String name = change.name() == null ? null : Text.required("name", change.name(), LONGEST_NAME);
        String email = change.email() == null ? null : email(change.email());
        Uni<EndUser> changed = Panache.withTransaction(() -> administrators
                .guard(caller, id, Boolean.FALSE.equals(change.active())).chain(() -> held(caller, id)).chain(row -> {
                    Map<String, Object> before = fields(row);
                    row.name = name == null ? row.name : name;
                    row.email = email == null ? row.email : email;
                    if (row.active && Boolean.FALSE.equals(change.active())) {
                        row.epoch++;
                    }
                    row.active = change.active() == null ? row.active : change.active();
                    return (before.equals(fields(row)) ? Uni.createFrom().voidItem() : keep(caller, row, before))
                            .chain(() -> person(row));
                }));
        return Boolean.FALSE.equals(change.active()) ? changed.call(changes::settle) : changed;
    }

    private Uni<Void> keep(Caller caller, EndUserEntity row, Map<String, Object> before) {
        row.updatedAt = clock.instant();
        boolean isStillInvited = row.active && row.email.equals(before.get("email"));
        return unique(store.flush())
                .chain(() -> isStillInvited ? Uni.createFrom().voidItem() : store.disinvite(row.id))
                .chain(() -> audit.note(caller, deed(row, "updated", before, fields(row))))
                .chain(() -> announce(row.id, List.of()));
    }

    /** Lets the person in nowhere from the moment that this completes. */
    public Uni<Void> delete(Caller caller, long id) {
        Memberships.requireEditor(caller);
        return Panache.withTransaction(() -> administrators.guard(caller, id, true)
                .chain(() -> store.seize(caller.workspaceId(), id))
                .onItem().ifNull().failWith(EndUsers::unknown)
                .chain(row -> groupsOf(id).chain(groupIds -> delete(caller, row, groupIds)))).call(changes::settle);
    }

    private Uni<Void> delete(Caller caller, EndUserEntity row, List<Long> groupIds) {
        Map<String, Object> before = fields(row);
        before.put("user_group_ids", groupIds);
        return audit.note(caller, deed(row, "deleted", before, Map.of()))
                .chain(() -> store.delete(row))
                .chain(() -> announce(row.id, groupIds));
    }

    /** Puts the person into groups, all or none; one that they are in already stays. This holds when it completes. */
    public Uni<EndUser> addTo(Caller caller, long id, List<Long> groupIds) {
        Memberships.requireEditor(caller);
        return Panache.withTransaction(() -> groups.lock(caller.workspaceId(), groupIds)
                .chain(rows -> pinned(caller, id).invoke(() -> Memberships.requireKnown("user_group_ids", groupIds,
                        rows.stream().map(row -> row.id).collect(Collectors.toSet()), "group"))
                        .call(() -> memberships.add(caller, rows, List.of(id))).chain(this::person)))
                .call(changes::settle);
    }

    /** Takes the person out of those of the groups that they are in; this holds when it completes. */
    public Uni<EndUser> removeFrom(Caller caller, long id, List<Long> groupIds) {
        Memberships.requireEditor(caller);
        return Panache.withTransaction(() -> groups.lock(caller.workspaceId(), groupIds)
                .chain(rows -> pinned(caller, id).call(() -> memberships.remove(caller, rows, List.of(id))))
                .chain(this::person)).call(changes::settle);
    }

    private Uni<EndUserEntity> pinned(Caller caller, long id) {
        return store.pin(caller.workspaceId(), List.of(id))
                .chain(found -> found.isEmpty() ? Uni.createFrom().nullItem() : store.one(caller.workspaceId(), id))
                .onItem().ifNull().failWith(EndUsers::unknown);
    }

    private Uni<EndUserEntity> held(Caller caller, long id) {
        return store.lock(caller.workspaceId(), id).onItem().ifNull().failWith(EndUsers::unknown);
    }

    private Uni<Void> announce(long id, Collection<Long> groupIds) {
        return changes.announce(topic(id)).chain(() -> memberships.announce(groupIds));
    }

    private Uni<List<Long>> groupsOf(long id) {
        return members.groups(List.of(id)).map(groupIds -> groupIds.getOrDefault(id, List.of()));
    }

    /** In the caller's session. */
    Uni<EndUser> person(EndUserEntity row) {
        return groupsOf(row.id).map(row::toEndUser);
    }

    private Uni<Page<EndUser>> people(Page<EndUserEntity> page) {
        return members.groups(page.items().stream().map(row -> row.id).toList())
                .map(groupIds -> page.map(row -> row.toEndUser(groupIds.getOrDefault(row.id, List.of()))));
    }

    private static Uni<Void> unique(Uni<Void> write) {
        return write.onFailure(failure -> Clash.isTaken(failure, EndUserEntity.UNIQUE_EMAIL)).transform(
                failure -> Problem.invalidField("email", "duplicate", "email: somebody else has this address"));
    }

    /** Whether a user can have this e-mail address. */
    public static boolean isAddress(String text) {
        return text.length() <= LONGEST_EMAIL && EMAIL.matcher(text).matches();
    }

    private static String email(String text) {
        String email = Text.required("email", text, LONGEST_EMAIL);
        if (!isAddress(email)) {
            throw Problem.invalidField("email", "invalid_field_value", "email: not an e-mail address");
        }
        return email;
    }

    static Map<String, Object> fields(EndUserEntity row) {
        return new HashMap<>(Map.of("name", row.name, "email", row.email, "active", row.active));
    }

    static Deed deed(EndUserEntity row, String verb, Map<String, ?> before, Map<String, ?> after) {
        return Deed.of("user", verb, row.id, row.name, before, after);
    }

    static Problem unknown() {
        return Problem.notFound("User");
    }

    /** The word of change notices for a person. */
    public static String topic(long id) {
        return "user:" + id;
    }
}
