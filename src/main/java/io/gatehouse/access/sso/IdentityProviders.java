package io.gatehouse.access.sso;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gatehouse.access.Workspaces;
import io.gatehouse.access.issuers.OpenIdProviders;
import io.gatehouse.access.oauth.Issuer;
import io.gatehouse.access.signin.BrowserSessions;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.database.Clash;
import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.platform.secrets.Vault;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the provider at which people sign in, of which a workspace has one at most. */
@Singleton
public class IdentityProviders {

    private static final String TYPE = "identity_provider";

    private final IdentityProviderStore store;
    private final Workspaces workspaces;
    private final OpenIdProviders known;
    private final Outbound outbound;
    private final BrowserSessions sessions;
    private final Issuer issuer;
    private final Vault vault;
    private final Audit audit;
    private final Clock clock;

    @Inject
    IdentityProviders(IdentityProviderStore store, Workspaces workspaces, OpenIdProviders known, Outbound outbound,
            BrowserSessions sessions, Issuer issuer, Vault vault, Audit audit, Clock clock) {
        this.store = store;
        this.workspaces = workspaces;
        this.known = known;
        this.outbound = outbound;
        this.sessions = sessions;
        this.issuer = issuer;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    /** The provider with what we show it, sealed, or null for nothing. */
    record Login(IdentityProvider provider, String sealedSecret) {

        @Override
        public String toString() {
            return provider.toString();
        }
    }

    @WithSession
    public Uni<List<IdentityProvider>> list(Caller caller) {
        caller.require(Permission.VIEW_USERS);
        return store.of(caller.workspaceId()).map(rows -> rows.stream().map(this::shown).toList());
    }

    @WithSession
    public Uni<IdentityProvider> get(Caller caller, long id) {
        caller.require(Permission.VIEW_USERS);
        return store.one(caller.workspaceId(), id).onItem().ifNull().failWith(IdentityProviders::unknown).map(this::shown);
    }

    /** Fails with CONFLICT where there is one already. */
    public Uni<IdentityProvider> create(Caller caller, NewIdentityProvider draft) {
        requireEditor(caller);
        IdentityProviderEntity row = ProviderFields.usual();
        ProviderFields.apply(row, draft);
        row.workspaceId = caller.workspaceId();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        return check(row.issuer).chain(() -> Panache.withTransaction(() -> store.persistAndFlush(row)
                .invoke(() -> seal(row, draft.clientSecret())).chain(store::flush)
                .chain(() -> audit.note(caller,
                        Deed.of(TYPE, "created", row.id, row.name, Map.of(), ProviderFields.of(row))))))
                .onFailure(failure -> Clash.isTaken(failure, IdentityProviderEntity.UNIQUE))
                .transform(failure -> Problem.conflict("identity_provider_exists",
                        "This workspace has an identity provider already: change that one, or delete it first"))
                .map(done -> shown(row));
    }

    /** People for whom another issuer or client has vouched have to sign in again. */
    public Uni<IdentityProvider> change(Caller caller, long id, NewIdentityProvider wish) {
        requireEditor(caller);
        Uni<Void> checked = Panache.withSession(() -> store.one(caller.workspaceId(), id)).onItem()
                .ifNull().failWith(IdentityProviders::unknown)
                .chain(row -> {
                    String before = row.issuer;
                    ProviderFields.apply(row, wish);
                    return before.equals(row.issuer) ? Uni.createFrom().voidItem() : check(row.issuer);
                });
        return checked.chain(() -> Panache.withTransaction(() -> store.lock(caller.workspaceId(), id)
                .onItem().ifNull().failWith(IdentityProviders::unknown).chain(row -> change(caller, row, wish))));
    }

    private Uni<IdentityProvider> change(Caller caller, IdentityProviderEntity row, NewIdentityProvider wish) {
        Map<String, Object> before = ProviderFields.of(row);
        ProviderFields.apply(row, wish);
        seal(row, wish.clientSecret());
        Map<String, Object> after = ProviderFields.of(row);
        if (before.equals(after)) {
            return Uni.createFrom().item(shown(row));
        }
        row.updatedAt = clock.instant();
        boolean isAnother = !row.issuer.equals(before.get("issuer")) || !row.clientId.equals(before.get("client_id"));
        return audit.note(caller, Deed.of(TYPE, "updated", row.id, row.name, before, after))
                .chain(() -> isAnother ? sessions.endAll(row.id) : Uni.createFrom().voidItem())
                .replaceWith(() -> shown(row));
    }

    /** Ends all sessions for which it has vouched. */
    public Uni<Void> delete(Caller caller, long id) {
        requireEditor(caller);
        return Panache.withTransaction(() -> store.lock(caller.workspaceId(), id)
                .onItem().ifNull().failWith(IdentityProviders::unknown)
                .call(row -> audit.note(caller,
                        Deed.of(TYPE, "deleted", row.id, row.name, ProviderFields.of(row), Map.of())))
                .chain(store::delete));
    }

    /** That of the deployment's workspace, for its people. */
    @WithSession
    Uni<Optional<Login>> only() {
        return workspaces.only().chain(store::of)
                .map(rows -> rows.stream().findFirst().map(row -> new Login(shown(row), row.sealedSecret)));
    }

    /** Null for none. */
    String secret(Login login) {
        return login.sealedSecret() == null ? null : vault.open(purpose(login.provider().id()), login.sealedSecret());
    }

    private static String purpose(long id) {
        return "identity-provider:" + id;
    }

    /** Whoever decides where people sign in could come in as any of them, owners too, and in every project. */
    private static void requireEditor(Caller caller) {
        caller.require(Permission.EDIT_USERS);
        caller.require(Permission.APPOINT_OWNERS);
        caller.requireWholeWorkspace();
    }

    private Uni<Void> check(String url) {
        URI uri = URI.create(url);
        Uni<Boolean> isSafe = uri.getScheme().equals("https") ? Uni.createFrom().item(true) : outbound.isInside(uri.getHost());
        return isSafe.invoke(safe -> {
            if (!safe) {
                throw ProviderFields.unfit("https is needed, but for addresses that gatehouse.outbound.allowed-ranges names");
            }
        }).chain(() -> known.find(url))
                .onFailure(failure -> failure instanceof Problem problem && problem.kind() != Problem.Kind.INVALID)
                .transform(failure -> ProviderFields.unfit(failure.getMessage())).replaceWithVoid();
    }

    private void seal(IdentityProviderEntity row, String secret) {
        if (secret != null) {
            row.sealedSecret = secret.isEmpty() ? null : vault.seal(purpose(row.id), secret);
        }
    }

    private IdentityProvider shown(IdentityProviderEntity row) {
        return new IdentityProvider(row.id, row.name, row.issuer, row.clientId, row.sealedSecret != null, row.scopes,
                row.groupsClaim, row.createUsers, row.trustEmail, issuer.endpoint("sso/callback").toString(),
                issuer.endpoint("sign-in").toString(), row.createdAt, row.updatedAt);
    }

    private static Problem unknown() {
        return Problem.notFound("Identity provider");
    }
}
