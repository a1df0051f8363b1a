package io.gatehouse.access.people;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gatehouse.access.Workspaces;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Problem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Lets people of the deployment's workspace show who they are by their password. Nobody learns from a refusal whether
 * there is such a person: its words, its work and what is written down are always the same.
 */
@Singleton
public class SignIns {

    private static final String STRANGER = "anonymous";

    private final Workspaces workspaces;
    private final EndUserStore store;
    private final Members members;
    private final Passwords passwords;
    private final SignInAttempts attempts;
    private final Audit audit;

    @Inject
    SignIns(Workspaces workspaces, EndUserStore store, Members members, Passwords passwords, SignInAttempts attempts,
            Audit audit) {
        this.workspaces = workspaces;
        this.store = store;
        this.members = members;
        this.passwords = passwords;
        this.attempts = attempts;
        this.audit = audit;
    }

    /** One try to sign in; the address as it was typed, but for what the database could not read. */
    private record Attempt(long workspaceId, String email, String password, Origin origin) {

        Caller caller(String subject) {
            return new Caller(workspaceId, subject, Set.of(), null, origin);
        }
    }

    /**
     * One with a second factor is not in yet: {@link SecondFactors#signIn} goes on. Fails with UNAUTHENTICATED, and with
     * UNAVAILABLE where too many are
     * at it.
     */
    public Uni<EndUser> signIn(String email, String password, Origin origin) {
        String address = email.replace("\0", "").strip();
        return workspaces.only().map(workspace -> new Attempt(workspace, address, password, origin))
                .chain(attempt -> attempts.begin(address).chain(heard -> heard ? judge(attempt) : refusal()));
    }

    private Uni<EndUser> judge(Attempt attempt) {
        return Panache.withSession(() -> store.byEmail(attempt.workspaceId(), attempt.email()))
                .chain(row -> passwords.match(attempt.password(), digest(row))
                        .onFailure().call(() -> attempts.withdraw(attempt.email()))
                        .chain(fits -> fits ? letIn(attempt, row) : Uni.createFrom().nullItem())
                        .onItem().ifNull().switchTo(() -> refuse(attempt, row)));
    }

    private static String digest(EndUserEntity row) {
        return row == null || !row.active ? null : row.password;
    }

    /** Null where the person or the password has changed meanwhile. */
    private Uni<EndUser> letIn(Attempt attempt, EndUserEntity seen) {
        return renewed(attempt, seen.password).chain(renewed -> Panache.withTransaction(
                () -> store.lock(attempt.workspaceId(), seen.id).chain(row -> {
                    if (!seen.password.equals(digest(row))) {
                        return Uni.createFrom().<EndUser> nullItem();
                    }
                    row.password = renewed;
                    return (row.sealedSecondFactor != null ? Uni.createFrom().voidItem()
                            : audit.note(attempt.caller(subject(row)), EndUsers.deed(row, "signed_in", Map.of(), Map.of())))
                            .chain(() -> members.groups(List.of(row.id)))
                            .map(groups -> row.toEndUser(groups.getOrDefault(row.id, List.of())));
                }))).onItem().ifNotNull()
                .call(user -> user.secondFactor() ? attempts.withdraw(attempt.email()) : attempts.forget(attempt.email()));
    }

    private Uni<String> renewed(Attempt attempt, String digest) {
        return passwords.isOld(digest) ? passwords.digest(attempt.password()) : Uni.createFrom().item(digest);
    }

    private Uni<EndUser> refuse(Attempt attempt, EndUserEntity row) {
        Deed deed = row == null ? Deed.of("user", "sign_in_refused", "unknown", "unknown", Map.of(), Map.of())
                : EndUsers.deed(row, "sign_in_refused", Map.of(), Map.of());
        return Panache.withTransaction(() -> audit.note(attempt.caller(STRANGER), deed)).chain(SignIns::refusal);
    }

    private static Uni<EndUser> refusal() {
        return Uni.createFrom().failure(Problem.unauthenticated(
                "This e-mail address and password do not let you in, or they were tried too often. Check both and try "
                        + "again after a while."));
    }

    static String subject(EndUserEntity row) {
        return EndUsers.topic(row.id);
    }

    /** Forgets old failures. */
    public Uni<Void> purge() {
        return attempts.purge();
    }
}
