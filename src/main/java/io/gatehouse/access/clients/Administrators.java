package io.gatehouse.access.clients;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.gatehouse.access.clients.AdministratorStore.Shown;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the people who may manage. What they may is read for each request, so a change holds from the next one on. */
@Singleton
public class Administrators {

    private static final String SUBJECT = "user:";

    private final AdministratorStore store;
    private final ClientStore clients;
    private final ClientFields fields;
    private final Continuity continuity;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Administrators(AdministratorStore store, ClientStore clients, ClientFields fields, Continuity continuity, Audit audit,
            Clock clock) {
        this.store = store;
        this.clients = clients;
        this.fields = fields;
        this.continuity = continuity;
        this.audit = audit;
        this.clock = clock;
    }

    @WithSession
    public Uni<Page<Administrator>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_CLIENTS);
        return store.page(caller.workspaceId(), slice)
                .chain(page -> shown(page.items()).map(items -> new Page<>(items, page.more())));
    }

    @WithSession
    public Uni<Administrator> get(Caller caller, long userId) {
        caller.require(Permission.VIEW_CLIENTS);
        return store.one(caller.workspaceId(), userId).onItem().ifNull().failWith(Administrators::unknown)
                .chain(this::shown);
    }

    /** The person that the caller is; null for one that is none. */
    @WithSession
    public Uni<Administrator> self(Caller caller) {
        return !caller.subject().startsWith(SUBJECT) ? Uni.createFrom().nullItem()
                : store.one(caller.workspaceId(), Long.parseLong(caller.subject().substring(SUBJECT.length())))
                        .onItem().ifNull().failWith(Administrators::unknown).chain(this::shown);
    }

    /** A person as a caller of the management API; null for one who may not manage. */
    @WithSession
    public Uni<Caller> caller(long workspaceId, long userId, Origin origin) {
        return store.one(workspaceId, userId).onItem().ifNotNull().transform(found -> !found.active() ? null
                : new Caller(workspaceId, SUBJECT + userId, found.row().role.permissions(),
                        found.row().allProjects ? null : Set.copyOf(found.row().projects), origin));
    }

    /** Whether the person may manage anything, or at least look. */
    @WithSession
    public Uni<Boolean> know(long workspaceId, long userId) {
        return store.one(workspaceId, userId).map(found -> found != null && found.active());
    }

    /** Lets a person manage, or something else than before. Nobody appoints beyond their own reach. */
    @WithTransaction
    public Uni<Administrator> appoint(Caller caller, long userId, Appointment wish) {
        caller.require(Permission.EDIT_CLIENTS);
        return held(caller, userId).chain(present -> present != null ? change(caller, present.row(), wish)
                : store.pinPerson(caller.workspaceId(), userId).chain(known -> {
                    if (!known) {
                        throw Problem.notFound("User");
                    }
                    return add(caller, userId, wish);
                })).chain(() -> store.one(caller.workspaceId(), userId)).chain(this::shown);
    }

    private Uni<Void> add(Caller caller, long userId, Appointment wish) {
        if (wish.roleId() == null) {
            throw Problem.invalidField(ClientFields.ROLE, "missing_required_field", ClientFields.ROLE + " is required");
        }
        AdministratorEntity row = new AdministratorEntity();
        row.userId = userId;
        row.workspaceId = caller.workspaceId();
        row.allProjects = true;
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        return apply(caller, row, wish).chain(() -> store.persist(row))
                .chain(() -> store.one(row.workspaceId, userId))
                .chain(person -> audit.note(caller, deed(person, "appointed", Map.of(), fields(row))));
    }

    private Uni<Void> change(Caller caller, AdministratorEntity row, Appointment wish) {
        boolean wasFull = row.isFull();
        Map<String, Object> before = fields(row);
        return apply(caller, row, wish).chain(() -> wasFull && !row.isFull() ? another(row) : Uni.createFrom().voidItem())
                .chain(() -> store.one(row.workspaceId, row.userId))
                .chain(person -> {
                    if (before.equals(fields(row))) {
                        return Uni.createFrom().voidItem();
                    }
                    row.updatedAt = clock.instant();
                    return audit.note(caller, deed(person, "changed", before, fields(row)));
                });
    }

    private Uni<Void> apply(Caller caller, AdministratorEntity row, Appointment wish) {
        return fields.role(caller, wish.roleId()).onItem().ifNotNull().invoke(role -> row.role = role)
                .chain(() -> fields.projects(caller, wish.scope()))
                .onItem().ifNotNull().invoke(projects -> {
                    row.allProjects = projects.areAll();
                    row.projects.retainAll(projects.ids());
                    row.projects.addAll(projects.ids());
                })
                .invoke(() -> Reach.require(caller, row)).replaceWithVoid();
    }

    /** Lets the person manage nothing more; what they use as a person is another matter. */
    @WithTransaction
    public Uni<Void> dismiss(Caller caller, long userId) {
        caller.require(Permission.EDIT_CLIENTS);
        return held(caller, userId).onItem().ifNull().failWith(Administrators::unknown)
                .call(person -> person.row().isFull() ? another(person.row()) : Uni.createFrom().voidItem())
                .call(person -> audit.note(caller, deed(person, "dismissed", fields(person.row()), Map.of())))
                .chain(person -> store.delete(person.row()));
    }

    /**
     * For who decides on people, before they do: whoever gets hold of a person gets hold of what that person may manage. In
     * the caller's transaction, before anything else of the person is held.
     *
     * @param lose whether nobody is going to be able to manage as this person
     */
    public Uni<Void> guard(Caller caller, long userId, boolean lose) {
        return held(caller, userId).chain(person -> person != null && lose && person.row().isFull()
                ? another(person.row())
                : Uni.createFrom().voidItem());
    }

    private Uni<Shown> held(Caller caller, long userId) {
        return clients.hold(caller.workspaceId()).chain(() -> store.one(caller.workspaceId(), userId))
                .onItem().ifNotNull().invoke(found -> Reach.require(caller, found.row()));
    }

    private Uni<Void> another(AdministratorEntity row) {
        return continuity.requireAnother(row.workspaceId, Continuity.NOBODY, row.userId);
    }

    private Uni<Administrator> shown(Shown found) {
        return shown(List.of(found)).map(people -> people.get(0));
    }

    private Uni<List<Administrator>> shown(List<Shown> found) {
        return clients.folders(found.stream().flatMap(one -> one.row().projects.stream()).collect(Collectors.toSet()))
                .map(folders -> found.stream().map(one -> shown(one, folders)).toList());
    }

    private static Administrator shown(Shown found, Map<Long, Long> folders) {
        AdministratorEntity row = found.row();
        return new Administrator(row.userId, found.name(), found.email(), found.active(), row.role.toRole(),
                row.allProjects ? null
                        : row.projects.stream().filter(folders::containsKey).map(folders::get).sorted().toList(),
                row.createdAt, row.updatedAt);
    }

    private static Map<String, Object> fields(AdministratorEntity row) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("role", row.role.name);
        fields.put("role_id", row.role.id);
        fields.put("all_projects", row.allProjects);
        fields.put("project_ids", row.allProjects ? null : new TreeSet<>(row.projects));
        return fields;
    }

    private static Deed deed(Shown person, String verb, Map<String, ?> before, Map<String, ?> after) {
        return Deed.of("administrator", verb, person.row().userId, person.name(), before, after);
    }

    private static Problem unknown() {
        return Problem.notFound("Administrator");
    }
}
