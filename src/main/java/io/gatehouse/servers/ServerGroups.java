package io.gatehouse.servers;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.gatehouse.access.people.UserGroup;
import io.gatehouse.access.people.UserGroups;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to who may use a server: people in any of its groups, and nobody else, wherever identity opens it. */
@Singleton
public class ServerGroups {

    private final ServerRows rows;
    private final ServerStore store;
    private final UserGroups groups;
    private final Changes changes;

    @Inject
    ServerGroups(ServerRows rows, ServerStore store, UserGroups groups, Changes changes) {
        this.rows = rows;
        this.store = store;
        this.groups = groups;
        this.changes = changes;
    }

    /** By id. */
    @WithSession
    public Uni<List<UserGroup>> list(Caller caller, ServerKey key) {
        caller.require(Permission.VIEW_SERVERS);
        return rows.find(caller, key).chain(row -> shown(caller, row));
    }

    /** All or none: an unknown group fails with NOT_FOUND; one that is there already stays. */
    public Uni<List<UserGroup>> assign(Caller caller, ServerKey key, List<Long> ids) {
        Set<Long> wanted = new LinkedHashSet<>(ids);
        return change(caller, key, row -> groups.named(caller, wanted).invoke(named -> wanted.forEach(id -> {
            if (!named.containsKey(id)) {
                throw Problem.notFound("User group " + id);
            }
        })).chain(() -> store.addGroups(row.id, wanted)));
    }

    /** A group that the server does not have is passed over. */
    public Uni<List<UserGroup>> remove(Caller caller, ServerKey key, List<Long> ids) {
        return change(caller, key, row -> store.removeGroups(row.id, Set.copyOf(ids)));
    }

    /** One step on a held row. */
    private interface Step {

        Uni<Void> on(ServerEntity row);
    }

    private Uni<List<UserGroup>> change(Caller caller, ServerKey key, Step step) {
        caller.require(Permission.MANAGE_SERVER_ACCESS);
        return Panache.withTransaction(() -> rows.lock(caller, key).chain(row -> store.groups(row.id)
                .chain(before -> step.on(row).chain(() -> store.groups(row.id)).chain(after -> before.equals(after)
                        ? Uni.createFrom().item(row)
                        : rows.finish(caller, row, deeds(row, before, after))))
                .chain(() -> shown(caller, row))))
                .call(changes::settle);
    }

    private static List<Deed> deeds(ServerEntity row, List<Long> before, List<Long> after) {
        Set<Long> gone = new TreeSet<>(before);
        after.forEach(gone::remove);
        return List.of(ServerRows.deed(row, gone.isEmpty() ? "groups_assigned" : "groups_removed",
                Map.of("user_group_ids", before), Map.of("user_group_ids", after)));
    }

    private Uni<List<UserGroup>> shown(Caller caller, ServerEntity row) {
        return store.groups(row.id).chain(ids -> groups.named(caller, ids)
                .map(named -> ids.stream().map(named::get).filter(group -> group != null).toList()));
    }
}
