package io.gatehouse.access.clients;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The door to the roles that clients and administrators can have: the built-in ones, and those that a workspace makes itself.
 */
@Singleton
public class Roles {

    private static final int LONGEST_NAME = 300;
    private static final int MOST = 500;

    private final RoleStore store;
    private final ClientStore clients;
    private final AdministratorStore administrators;
    private final Continuity continuity;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Roles(RoleStore store, ClientStore clients, AdministratorStore administrators, Continuity continuity, Audit audit,
            Clock clock) {
        this.store = store;
        this.clients = clients;
        this.administrators = administrators;
        this.continuity = continuity;
        this.audit = audit;
        this.clock = clock;
    }

    @WithSession
    public Uni<List<Role>> list(Caller caller) {
        caller.require(Permission.VIEW_CLIENTS);
        return store.all(caller.workspaceId()).map(rows -> rows.stream().map(RoleEntity::toRole).toList());
    }

    @WithTransaction
    public Uni<Role> create(Caller caller, NewRole draft) {
        requireEditor(caller);
        RoleEntity row = new RoleEntity();
        row.workspaceId = caller.workspaceId();
        row.name = Text.required("name", draft.name(), LONGEST_NAME);
        if (draft.permissions() == null) {
            throw Problem.invalidField("privileges", "missing_required_field", "privileges is required");
        }
        Reach.require(caller, draft.permissions());
        row.permit(draft.permissions());
        row.createdAt = clock.instant();
        return clients.hold(caller.workspaceId()).chain(() -> store.all(caller.workspaceId())).invoke(present -> {
            if (present.size() >= MOST) {
                throw Problem.conflict("too_many_roles", "A workspace can have " + MOST + " roles at most");
            }
        }).chain(() -> store.persistAndFlush(row))
                .call(() -> audit.note(caller, deed(row, "created", Map.of(), fields(row))))
                .map(done -> row.toRole());
    }

    /** Changes what every client of the role may do, from its next request on. */
    @WithTransaction
    public Uni<Role> change(Caller caller, long id, NewRole change) {
        requireEditor(caller);
        String name = change.name() == null ? null : Text.required("name", change.name(), LONGEST_NAME);
        return held(caller, id).chain(row -> {
            Map<String, Object> before = fields(row);
            boolean hadAll = row.hasAll();
            row.name = name == null ? row.name : name;
            if (change.permissions() != null) {
                Reach.require(caller, change.permissions());
                row.permit(change.permissions());
            }
            if (before.equals(fields(row))) {
                return Uni.createFrom().item(row.toRole());
            }
            String verb = row.name.equals(before.get("name")) ? "updated" : "renamed";
            return (hadAll && !row.hasAll()
                    ? continuity.requireAnother(caller.workspaceId(), Continuity.NOBODY, Continuity.NOBODY)
                    : Uni.createFrom().voidItem())
                    .chain(() -> audit.note(caller, deed(row, verb, before, fields(row))))
                    .map(done -> row.toRole());
        });
    }

    @WithTransaction
    public Uni<Void> delete(Caller caller, long id) {
        requireEditor(caller);
        return held(caller, id)
                .call(row -> store.isInUse(id)
                        .chain(used -> used ? Uni.createFrom().item(true) : administrators.haveRole(id)).invoke(used -> {
                            if (used) {
                                throw Problem.conflict("role_in_use",
                                        "There are clients or administrators of this role: give them another one");
                            }
                        }))
                .call(() -> store.demoteDeleted(id))
                .call(row -> audit.note(caller, deed(row, "deleted", fields(row), Map.of())))
                .chain(store::delete);
    }

    private static void requireEditor(Caller caller) {
        caller.require(Permission.EDIT_CLIENTS);
        caller.requireWholeWorkspace();
    }

    private Uni<RoleEntity> held(Caller caller, long id) {
        return clients.hold(caller.workspaceId()).chain(() -> store.one(caller.workspaceId(), id))
                .onItem().ifNull().failWith(() -> Problem.notFound("Role"))
                .invoke(row -> {
                    if (row.workspaceId == null) {
                        throw Problem.invalid("built_in_role", "A built-in role can't be changed or deleted");
                    }
                    Reach.require(caller, row.permissions());
                });
    }

    private static Map<String, Object> fields(RoleEntity row) {
        return Map.of("name", row.name, "privileges",
                row.permissions().stream().map(permission -> permission.name().toLowerCase(Locale.ROOT)).toList());
    }

    private static Deed deed(RoleEntity row, String verb, Map<String, Object> before, Map<String, Object> after) {
        return Deed.of("client_role", verb, row.id, row.name, before, after);
    }
}
