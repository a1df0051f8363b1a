package io.gatehouse.access.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.access.clients.Administrators;
import io.gatehouse.access.tokens.TokenDigest;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Secret;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.platform.PublicUrl;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to invitations, by which people set their first password, or another one in place of a forgotten one. */
@Singleton
public class Invitations {

    private final EndUserStore store;
    private final Passwords passwords;
    private final SignInAttempts attempts;
    private final Administrators administrators;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;
    private final String page;
    private final Duration lifetime;

    @Inject
    Invitations(EndUserStore store, Passwords passwords, SignInAttempts attempts, Administrators administrators, Audit audit,
            Changes changes, Clock clock, PublicUrl publicUrl,
            @ConfigProperty(name = "gatehouse.identity.invitation-lifetime", defaultValue = "72h") Duration lifetime) {
        this.store = store;
        this.passwords = passwords;
        this.attempts = attempts;
        this.administrators = administrators;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
        this.page = publicUrl.below("/oauth/invitation?token=");
        this.lifetime = lifetime;
    }

    /** Whom an invitation is for. */
    public record Invited(String name, String email) {
    }

    /** An earlier one of the person ends. */
    @WithTransaction
    public Uni<Invitation> create(Caller caller, long userId) {
        Memberships.requireEditor(caller);
        String token = TokenDigest.random();
        Instant end = clock.instant().plus(lifetime);
        return administrators.guard(caller, userId, false)
                .chain(() -> store.lock(caller.workspaceId(), userId)).onItem().ifNull().failWith(EndUsers::unknown)
                .call(row -> store.invite(row.id, TokenDigest.of(token), end))
                .call(row -> audit.note(caller, EndUsers.deed(row, "invited", Map.of(),
                        Map.of("invitation_expires_at", end.toString()))))
                .replaceWith(new Invitation(page + token, end));
    }

    /** Null where the invitation does not hold, or no longer. */
    @WithSession
    public Uni<Invited> find(String token) {
        return store.invited(TokenDigest.of(token), clock.instant()).onItem().ifNotNull().transform(Invitations::invited);
    }

    /**
     * Sets the person's password and ends all that they have opened, and all that applications do in their name. Fails with
     * INVALID on {@code password}, which uses
     * nothing up.
     *
     * @return null where the invitation does not hold, or no longer
     */
    public Uni<Invited> accept(String token, String password, Origin origin) {
        String digest = TokenDigest.of(token);
        return Panache.withSession(() -> store.invited(digest, clock.instant()))
                .onItem().ifNotNull().invoke(row -> Passwords.requireGood(password, row))
                .onItem().ifNotNull().transformToUni(row -> passwords.digest(password)
                        .chain(made -> Panache.withTransaction(() -> store.lock(row.workspaceId, row.id)
                                .chain(() -> store.invited(digest, clock.instant()))
                                .onItem().ifNotNull().call(held -> set(held, made, origin))).call(changes::settle)))
                .onItem().ifNotNull().call(row -> attempts.forget(row.email))
                .onItem().ifNotNull().transform(Invitations::invited);
    }

    private Uni<Void> set(EndUserEntity row, String password, Origin origin) {
        Caller self = new Caller(row.workspaceId, SignIns.subject(row), Set.of(), null, origin);
        Map<String, Secret> before = row.password == null ? Map.of() : Map.of("password", new Secret(row.password));
        row.password = password;
        row.epoch++;
        row.updatedAt = clock.instant();
        return store.disinvite(row.id).chain(() -> audit.note(self,
                EndUsers.deed(row, "password_set", before, Map.of("password", new Secret(password)))))
                .chain(() -> changes.announce(EndUsers.topic(row.id)));
    }

    /** Forgets those that were not taken up. */
    @WithTransaction
    public Uni<Void> purge() {
        return store.disinvite(clock.instant());
    }

    private static Invited invited(EndUserEntity row) {
        return new Invited(row.name, row.email);
    }
}
