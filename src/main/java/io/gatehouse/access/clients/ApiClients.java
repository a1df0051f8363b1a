package io.gatehouse.access.clients;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.gatehouse.journal.audit.Audit;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the clients of the management API. */
@Singleton
public class ApiClients {

    private final ClientStore store;
    private final Continuity continuity;
    private final ClientFields fields;
    private final ManagementTokens tokens;
    private final Audit audit;
    private final Clock clock;

    @Inject
    ApiClients(ClientStore store, Continuity continuity, ClientFields fields, ManagementTokens tokens, Audit audit,
            Clock clock) {
        this.store = store;
        this.continuity = continuity;
        this.fields = fields;
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether anybody can use the management API yet. */
    @WithSession
    public Uni<Boolean> exist() {
        return store.exist();
    }

    @WithSession
    public Uni<Page<ApiClient>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_CLIENTS);
        return store.page(caller.workspaceId(), slice)
                .chain(page -> clients(page.items()).map(items -> new Page<>(items, page.more())));
    }

    @WithSession
    public Uni<ApiClient> get(Caller caller, long id) {
        caller.require(Permission.VIEW_CLIENTS);
        return store.one(caller.workspaceId(), id).onItem().ifNull().failWith(ApiClients::unknown).chain(this::client);
    }

    @WithSession
    public Uni<ApiClient> get(Caller caller, String objectId) {
        caller.require(Permission.VIEW_CLIENTS);
        return store.one(caller.workspaceId(), objectId).onItem().ifNull().failWith(ApiClients::unknown)
                .chain(this::client);
    }

    /** The client that the caller is. */
    @WithSession
    public Uni<ApiClient> self(Caller caller) {
        Long id = Authenticator.clientId(caller);
        return (id == null ? Uni.createFrom().<ApiClientEntity> nullItem() : store.one(caller.workspaceId(), id))
                .onItem().ifNull().failWith(ApiClients::unknown).chain(this::client);
    }

    @WithTransaction
    public Uni<IssuedClient> create(Caller caller, NewClient draft) {
        caller.require(Permission.EDIT_CLIENTS);
        ApiClientEntity row = new ApiClientEntity();
        row.workspaceId = caller.workspaceId();
        row.tokenId = UUID.randomUUID();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        row.objectId = ObjectId.create(row.createdAt);
        ClientChange given = new ClientChange(draft.name() == null ? "" : draft.name(), draft.description(),
                draft.roleId(), draft.scope(), draft.ipAllowList() == null ? List.of() : draft.ipAllowList(),
                draft.expiresAt(), false);
        return store.hold(row.workspaceId)
                .chain(() -> fields.apply(caller, row, given))
                .invoke(() -> Reach.require(caller, row))
                .chain(() -> store.persist(row))
                .call(() -> audit.note(caller, ClientDeeds.created(row)))
                .chain(this::issue);
    }

    /** Changes what its token may do from the next request on. */
    @WithTransaction
    public Uni<ApiClient> change(Caller caller, long id, ClientChange change) {
        return held(caller, id).chain(row -> {
            boolean wasAdministrator = row.isAdministrator(clock.instant());
            Map<String, Object> before = ClientDeeds.fields(row);
            return fields.apply(caller, row, change)
                    .invoke(() -> Reach.require(caller, row))
                    .chain(() -> wasAdministrator && !row.isAdministrator(clock.instant())
                            ? requireAnother(row)
                            : Uni.createFrom().voidItem())
                    .chain(() -> keep(caller, row, before))
                    .chain(() -> client(row));
        });
    }

    private Uni<Void> keep(Caller caller, ApiClientEntity row, Map<String, Object> before) {
        if (before.equals(ClientDeeds.fields(row))) {
            return Uni.createFrom().voidItem();
        }
        row.updatedAt = clock.instant();
        return audit.note(caller, ClientDeeds.changed(row, before));
    }

    /** A fresh token in the place of the one that the client had, which is refused from then on. */
    @WithTransaction
    public Uni<IssuedClient> regenerate(Caller caller, long id) {
        return held(caller, id).chain(row -> {
            if (row.revokedAt != null) {
                throw Problem.conflict("client_revoked", "This client is revoked");
            }
            if (row.isExpired(clock.instant())) {
                throw Problem.conflict("client_expired", "This client has expired: change expires_at first");
            }
            Map<String, Object> before = ClientDeeds.fields(row);
            row.tokenId = UUID.randomUUID();
            row.updatedAt = clock.instant();
            return audit.note(caller, ClientDeeds.regenerated(row, before)).chain(() -> issue(row));
        });
    }

    /** Its token is refused from then on. */
    @WithTransaction
    public Uni<Void> delete(Caller caller, long id) {
        return held(caller, id)
                .call(row -> row.isAdministrator(clock.instant()) ? requireAnother(row) : Uni.createFrom().voidItem())
                .chain(row -> {
                    row.deletedAt = clock.instant();
                    row.updatedAt = row.deletedAt;
                    return audit.note(caller, ClientDeeds.deleted(row));
                });
    }

    private Uni<ApiClientEntity> held(Caller caller, long id) {
        caller.require(Permission.EDIT_CLIENTS);
        return store.hold(caller.workspaceId()).chain(() -> store.one(caller.workspaceId(), id))
                .onItem().ifNull().failWith(ApiClients::unknown)
                .invoke(row -> Reach.require(caller, row));
    }

    private Uni<Void> requireAnother(ApiClientEntity row) {
        return continuity.requireAnother(row.workspaceId, row.id, Continuity.NOBODY);
    }

    private Uni<IssuedClient> issue(ApiClientEntity row) {
        return client(row).chain(client -> tokens.sign(row).map(token -> new IssuedClient(client, token)));
    }

    private Uni<ApiClient> client(ApiClientEntity row) {
        return clients(List.of(row)).map(clients -> clients.get(0));
    }

    private Uni<List<ApiClient>> clients(List<ApiClientEntity> rows) {
        return store.folders(rows.stream().flatMap(row -> row.projects.stream()).collect(Collectors.toSet()))
                .map(folders -> rows.stream().map(row -> client(row, folders)).toList());
    }

    private static ApiClient client(ApiClientEntity row, Map<Long, Long> folders) {
        return new ApiClient(row.id, row.objectId, row.name, row.description, row.role.toRole(),
                row.allProjects ? null
                        : row.projects.stream().filter(folders::containsKey).map(folders::get).sorted().toList(),
                AllowList.texts(row.ipAllowList), row.revokedAt, row.expiresAt, row.createdAt, row.updatedAt);
    }

    private static Problem unknown() {
        return Problem.notFound("API client");
    }

    /** Removes for good what was deleted before this moment. In the caller's transaction. */
    public Uni<Integer> purge(Instant before) {
        return store.purge(before);
    }
}
