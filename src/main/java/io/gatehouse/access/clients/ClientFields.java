package io.gatehouse.access.clients;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.AddressRanges;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The rules for what a client is given, as it is put on its row. */
@Singleton
class ClientFields {

    static final String ROLE = "api_privilege_group_id";

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int MOST_RANGES = 200;
    private static final int MOST_PROJECTS = 1_000;

    private final ClientStore store;
    private final RoleStore roles;
    private final ManagementTokens tokens;
    private final Clock clock;

    @Inject
    ClientFields(ClientStore store, RoleStore roles, ManagementTokens tokens, Clock clock) {
        this.store = store;
        this.roles = roles;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Puts what is not null on the row. */
    Uni<Void> apply(Caller caller, ApiClientEntity row, ClientChange change) {
        if (change.name() != null) {
            row.name = Text.required("name", change.name(), LONGEST_NAME);
        }
        if (change.description() != null) {
            row.description = change.description().isBlank() ? null
                    : Text.bounded("description", change.description().strip(), LONGEST_DESCRIPTION);
        }
        if (change.ipAllowList() != null) {
            row.ipAllowList = AllowList.write(AddressRanges.parse("ip_allow_list", change.ipAllowList(), MOST_RANGES));
        }
        if (change.expiresAt() != null) {
            row.expiresAt = end(change.expiresAt());
        }
        if (change.revoked() != null && change.revoked() != (row.revokedAt != null)) {
            row.revokedAt = change.revoked() ? clock.instant() : null;
        }
        return role(caller, change.roleId()).onItem().ifNotNull().invoke(role -> row.role = role)
                .chain(() -> projects(caller, change.scope()))
                .onItem().ifNotNull().invoke(projects -> {
                    row.allProjects = projects.areAll();
                    row.projects.retainAll(projects.ids());
                    row.projects.addAll(projects.ids());
                }).replaceWithVoid();
    }

    private Instant end(Instant asked) {
        if (!asked.isAfter(clock.instant())) {
            throw Problem.invalidField("expires_at", "invalid_field_value", "expires_at: a time to come is needed");
        }
        if (asked.isAfter(tokens.latestEnd())) {
            throw Problem.invalidField("expires_at", "max",
                    "expires_at: no token may live longer than until " + tokens.latestEnd());
        }
        return asked.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Null where none is named. */
    Uni<RoleEntity> role(Caller caller, Long roleId) {
        return roleId == null ? Uni.createFrom().nullItem()
                : roles.one(caller.workspaceId(), roleId).onItem().ifNull()
                        .failWith(() -> Problem.invalidField(ROLE, "invalid_ref", ROLE + ": no such role"));
    }

    /** The projects that are meant; they stay until the transaction ends. */
    record Projects(boolean areAll, Set<Long> ids) {
    }

    /** Null where nothing is said of them. */
    Uni<Projects> projects(Caller caller, ProjectScope scope) {
        if (scope == null) {
            return Uni.createFrom().nullItem();
        }
        if (scope.isAll()) {
            return Uni.createFrom().item(new Projects(true, Set.of()));
        }
        if (scope.ids().size() > MOST_PROJECTS) {
            throw Problem.invalidField(scope.field(), "max", scope.field() + ": " + MOST_PROJECTS + " at most");
        }
        return store.projects(caller.workspaceId(), scope).invoke(known -> check(caller, scope, known))
                .map(known -> new Projects(false, Set.copyOf(known.values())));
    }

    private static void check(Caller caller, ProjectScope scope, Map<Long, Long> known) {
        List<Long> ids = scope.ids();
        for (int i = 0; i < ids.size(); i++) {
            Long project = known.get(ids.get(i));
            if (project == null || !caller.sees(project)) {
                String field = scope.field() + "." + i;
                throw Problem.invalidField(field, "invalid_ref", field + (scope.areFolders()
                        ? ": not the own folder of a project"
                        : ": no such project"));
            }
        }
    }
}
