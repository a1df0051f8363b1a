package io.gatehouse.connections;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.gatehouse.access.Projects;
import io.gatehouse.connections.ConnectionUse.User;
import io.gatehouse.connections.Scheme.Kind;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.secrets.Vault;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to connections. */
@Singleton
public class Connections {

    private static final String TYPE = "connection";

    private final ConnectionStore store;
    private final Projects projects;
    private final Vault vault;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;
    private final List<ConnectionUse> uses;

    @Inject
    Connections(ConnectionStore store, Projects projects, Vault vault, Audit audit, Changes changes, Clock clock,
            @All List<ConnectionUse> uses) {
        this.store = store;
        this.projects = projects;
        this.vault = vault;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
        this.uses = uses;
    }

    @WithTransaction
    public Uni<Connection> create(Caller caller, NewConnection draft) {
        caller.require(Permission.EDIT_CONNECTIONS);
        ConnectionEntity row = new ConnectionEntity();
        row.workspaceId = caller.workspaceId();
        row.projectId = draft.projectId();
        ConnectionFields.apply(row, new ConnectionChange(draft.name() == null ? "" : draft.name(), draft.scheme(),
                null, draft.baseUrl()));
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        String secret = row.kind == Kind.NONE ? null : ConnectionFields.secret(row.kind, draft.secret());
        return projects.requireProject(caller, draft.projectId())
                .chain(() -> store.persistAndFlush(row))
                .invoke(() -> row.sealedSecret = secret == null ? null
                        : vault.seal(Credentials.purpose(row.id), secret))
                .chain(store::flush)
                .call(() -> audit.note(caller,
                        Deed.of(TYPE, "created", row.id, row.name, Map.of(), ConnectionFields.of(row))))
                .map(done -> row.toConnection());
    }

    /**
     * Every replica uses the connection as it is then when this completes.
     *
     * @param wish what shall be different about it, as it is
     */
    public Uni<Connection> change(Caller caller, long id, Function<Connection, ConnectionChange> wish) {
        caller.require(Permission.EDIT_CONNECTIONS);
        return Panache.withTransaction(() -> held(caller, id).call(row -> {
            Map<String, Object> before = ConnectionFields.of(row);
            Kind kind = row.kind;
            ConnectionChange change = wish.apply(row.toConnection());
            ConnectionFields.apply(row, change);
            seal(row, change.secret(), kind);
            if (before.equals(ConnectionFields.of(row))) {
                return Uni.createFrom().voidItem();
            }
            row.updatedAt = clock.instant();
            return audit.note(caller, Deed.of(TYPE, "changed", row.id, row.name, before, ConnectionFields.of(row)))
                    .chain(() -> changes.announce(Credentials.topic(id)));
        }).map(ConnectionEntity::toConnection)).call(changes::settle);
    }

    private void seal(ConnectionEntity row, String secret, Kind before) {
        if (row.kind == Kind.NONE) {
            row.sealedSecret = null;
        } else if (secret != null || row.kind != before) {
            row.sealedSecret = vault.seal(Credentials.purpose(row.id), ConnectionFields.secret(row.kind, secret));
        }
    }

    /** Fails with CONFLICT, and says by what, while it is used. */
    public Uni<Void> delete(Caller caller, long id) {
        caller.require(Permission.EDIT_CONNECTIONS);
        return Panache.withTransaction(() -> held(caller, id).call(row -> users(id, 0, new ArrayList<>())
                .invoke(users -> refuseWhile(caller, users)))
                .chain(row -> remove(caller, row))).call(changes::settle);
    }

    private Uni<ConnectionEntity> held(Caller caller, long id) {
        return store.hold(caller, id).onItem().ifNull().failWith(() -> Problem.notFound("Connection"));
    }

    /** One room after the other: they share a session. */
    private Uni<List<User>> users(long id, int room, List<User> known) {
        return room == uses.size() ? Uni.createFrom().item(known)
                : uses.get(room).of(id).invoke(known::addAll).chain(() -> users(id, room + 1, known));
    }

    private static void refuseWhile(Caller caller, List<User> users) {
        if (!users.isEmpty()) {
            String names = users.stream()
                    .map(user -> caller.sees(user.projectId()) ? user.name() : "something in another project")
                    .distinct().limit(10).collect(Collectors.joining(", "));
            throw Problem.conflict("connection_in_use", "The connection is used by " + names);
        }
    }

    @WithSession
    public Uni<Page<Connection>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_CONNECTIONS);
        return store.page(caller, slice);
    }

    @WithSession
    public Uni<Connection> get(Caller caller, long id) {
        caller.require(Permission.VIEW_CONNECTIONS);
        return store.one(caller, id).onItem().ifNull().failWith(() -> Problem.notFound("Connection"))
                .map(ConnectionEntity::toConnection);
    }

    /**
     * A connection that an input names, which stays until the caller's transaction ends; fails with INVALID on
     * {@code connection_id} when the caller sees none.
     */
    @WithSession
    public Uni<Connection> named(Caller caller, long id) {
        return store.pinned(caller, id).onItem().ifNull()
                .failWith(() -> Problem.invalidField("connection_id", "invalid_ref",
                        "connection_id: no such connection"))
                .map(ConnectionEntity::toConnection);
    }

    /** These connections, whoever may see them, by id. In the caller's session. */
    public Uni<Map<Long, Connection>> of(Collection<Long> ids) {
        return store.list("id in ?1", ids).map(rows -> rows.stream()
                .collect(Collectors.toMap(row -> row.id, ConnectionEntity::toConnection)));
    }

    /** Removes a connection, unless something needs it. In the caller's transaction; the caller has checked that it may. */
    public Uni<Void> remove(Caller caller, long id) {
        return store.hold(caller, id).onItem().ifNotNull().call(row -> users(id, 0, new ArrayList<>())
                .chain(users -> users.isEmpty() ? remove(caller, row) : Uni.createFrom().voidItem())).replaceWithVoid();
    }

    private Uni<Void> remove(Caller caller, ConnectionEntity row) {
        return store.delete(row).chain(store::flush)
                .chain(() -> audit.note(caller,
                        Deed.of(TYPE, "deleted", row.id, row.name, ConnectionFields.of(row), Map.of())))
                .chain(() -> changes.announce(Credentials.topic(row.id)));
    }

    /** The base URLs of those of these connections that have one, by id. In the caller's session. */
    public Uni<Map<Long, String>> baseUrls(Collection<Long> ids) {
        return store.list("id in ?1 and baseUrl is not null", ids)
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.id, row -> row.baseUrl)));
    }
}
