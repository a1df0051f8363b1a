package io.gatehouse.access.oauth;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.gatehouse.access.clients.Administrators;
import io.gatehouse.access.people.EndUsers;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door for administrators to what people have agreed to. */
@Singleton
public class UserGrants {

    private final GrantStore store;
    private final EndUsers people;
    private final Administrators administrators;
    private final ProtectedResources resources;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;

    @Inject
    UserGrants(GrantStore store, EndUsers people, Administrators administrators, ProtectedResources resources, Audit audit,
            Changes changes, Clock clock) {
        this.store = store;
        this.people = people;
        this.administrators = administrators;
        this.resources = resources;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * What an application may do in a person's name.
     *
     * @param clientId of the application
     * @param server where; null for the management API
     * @param resource its URL as the application knows it
     * @param usedAt when the application last got an access token, which it does about once in the life of one
     */
    public record UserGrant(long id, String clientId, String clientName, ProtectedResources.Named server, String resource,
            List<String> scopes, Instant createdAt, Instant usedAt, Instant expiresAt) {
    }

    /** Those that are good, newest first. */
    @WithSession
    public Uni<Page<UserGrant>> list(Caller caller, long userId, Page.Slice slice) {
        caller.require(Permission.VIEW_USERS);
        caller.requireWholeWorkspace();
        return people.known(caller.workspaceId(), userId).onItem().ifNull().failWith(() -> Problem.notFound("User"))
                .chain(person -> store.standing(person, clock.instant(), slice))
                .chain(page -> resources.named(page.items().stream().map(row -> row.serverId).filter(Objects::nonNull).toList())
                        .map(servers -> page.map(row -> shown(row, servers))));
    }

    private static UserGrant shown(GrantEntity row, Map<Long, ProtectedResources.Named> servers) {
        return new UserGrant(row.id, row.clientId, row.clientName, servers.get(row.serverId), row.resource,
                List.of(row.scope.split(" ")), row.createdAt, row.usedAt, row.expiresAt);
    }

    /**
     * Ends a grant, and what the person agreed to with it, so that the application has to ask them. From the moment that this
     * completes nothing is let in by it.
     */
    public Uni<Void> revoke(Caller caller, long userId, long id) {
        caller.require(Permission.EDIT_USERS);
        caller.requireWholeWorkspace();
        return Panache.withTransaction(() -> administrators.guard(caller, userId, false)
                .chain(() -> store.held(GrantEntity.class, id)).chain(row -> {
                    if (row == null || row.workspaceId != caller.workspaceId() || row.userId != userId
                            || row.revokedAt != null) {
                        throw Problem.notFound("Grant");
                    }
                    row.revokedAt = clock.instant();
                    Deed deed = Deed.of("grant", "revoked", id, row.clientName,
                            Map.of("user_id", userId, "client_id", row.clientId,
                                    "resource", row.resource, "scope", row.scope),
                            Map.of());
                    return store.forgetConsent(row).chain(() -> audit.note(caller, deed))
                            .chain(() -> changes.announce(Grant.topic(id)));
                })).call(changes::settle);
    }
}
