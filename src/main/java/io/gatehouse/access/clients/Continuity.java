package io.gatehouse.access.clients;

import java.time.Clock;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Sees to it that a workspace never loses the last one, client or person, who may do everything everywhere. */
@Singleton
class Continuity {

    static final long NOBODY = 0;

    private final RoleStore roles;
    private final ClientStore clients;
    private final AdministratorStore administrators;
    private final Clock clock;

    @Inject
    Continuity(RoleStore roles, ClientStore clients, AdministratorStore administrators, Clock clock) {
        this.roles = roles;
        this.clients = clients;
        this.administrators = administrators;
        this.clock = clock;
    }

    /** Whoever asks holds the workspace. Fails with CONFLICT where nobody is left but these. */
    Uni<Void> requireAnother(long workspaceId, long exceptClient, long exceptPerson) {
        return roles.all(workspaceId)
                .map(all -> all.stream().filter(RoleEntity::hasAll).map(role -> role.id).toList())
                .chain(full -> clients.hasAdministrator(workspaceId, full, exceptClient, clock.instant())
                        .chain(has -> has ? Uni.createFrom().item(true)
                                : administrators.haveOneOf(workspaceId, full, exceptPerson)))
                .invoke(has -> {
                    if (!has) {
                        throw Problem.conflict("last_administrator",
                                "Nobody else has every privilege in all projects: somebody has to keep them");
                    }
                }).replaceWithVoid();
    }
}
