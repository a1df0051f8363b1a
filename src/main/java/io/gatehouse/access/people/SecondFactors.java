package io.gatehouse.access.people;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.gatehouse.access.Workspaces;
import io.gatehouse.access.clients.Administrators;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.secrets.Vault;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The door to what people show beside their password, if they want: a code of an app on their phone, good once. Wrong ones
 * count with wrong passwords. Turning it on or off ends nothing that is open.
 */
@Singleton
public class SecondFactors {

    private static final String STRANGER = "anonymous";

    private final Workspaces workspaces;
    private final EndUserStore store;
    private final EndUsers people;
    private final TimeCodes codes;
    private final SignInAttempts attempts;
    private final Administrators administrators;
    private final Vault vault;
    private final Audit audit;
    private final Clock clock;

    @Inject
    SecondFactors(Workspaces workspaces, EndUserStore store, EndUsers people, TimeCodes codes, SignInAttempts attempts,
            Administrators administrators, Vault vault, Audit audit, Clock clock) {
        this.workspaces = workspaces;
        this.store = store;
        this.people = people;
        this.codes = codes;
        this.attempts = attempts;
        this.administrators = administrators;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    /** One that is nobody's yet. */
    public String newKey() {
        return TimeCodes.newKey();
    }

    /** As an app takes it. */
    public String shown(String key) {
        return TimeCodes.shown(key);
    }

    /** Fails with INVALID where the code is not one of the key, and with CONFLICT where the person has another key. */
    public Uni<Void> turnOn(long userId, String key, String code, Origin origin) {
        return workspaces.only().chain(workspace -> Panache.withTransaction(() -> store.lock(workspace, userId)
                .onItem().ifNull().failWith(EndUsers::unknown).chain(row -> {
                    if (row.sealedSecondFactor != null) {
                        throw Problem.conflict("second_factor", "You have a second factor already. Turn it off first.");
                    }
                    row.secondFactorStep = codes.step(key, code, 0);
                    if (row.secondFactorStep == null) {
                        throw Problem.invalidField("code", "invalid_field_value",
                                "This is not the code that the key gives now: check the app, and your phone's clock");
                    }
                    row.sealedSecondFactor = vault.seal(purpose(userId), key);
                    row.updatedAt = clock.instant();
                    return note(row, "second_factor_set", SignIns.subject(row), origin);
                })));
    }

    /** The second step of {@link SignIns#signIn}; fails as that does. */
    public Uni<EndUser> signIn(long userId, int epoch, String code, Origin origin) {
        return spend(userId, code, origin, row -> row.active && row.epoch == epoch
                ? note(row, "signed_in", SignIns.subject(row), origin).chain(() -> people.person(row))
                : Uni.createFrom().nullItem());
    }

    /** Fails with UNAUTHENTICATED. */
    public Uni<EndUser> turnOff(long userId, String code, Origin origin) {
        return spend(userId, code, origin, row -> {
            forget(row);
            return note(row, "second_factor_removed", SignIns.subject(row), origin).chain(() -> people.person(row));
        });
    }

    /** For one who has lost their phone: the password alone lets them in again. */
    @WithTransaction
    public Uni<Void> remove(Caller caller, long userId) {
        Memberships.requireEditor(caller);
        return administrators.guard(caller, userId, false).chain(() -> store.lock(caller.workspaceId(), userId))
                .onItem().ifNull().failWith(EndUsers::unknown).chain(row -> {
                    if (row.sealedSecondFactor == null) {
                        return Uni.createFrom().voidItem();
                    }
                    forget(row);
                    return audit.note(caller, EndUsers.deed(row, "second_factor_removed", Map.of(), Map.of()));
                });
    }

    private void forget(EndUserEntity row) {
        row.sealedSecondFactor = null;
        row.secondFactorStep = null;
        row.updatedAt = clock.instant();
    }

    private Uni<EndUser> spend(long userId, String code, Origin origin, Function<EndUserEntity, Uni<EndUser>> deed) {
        return workspaces.only().chain(workspace -> Panache.withSession(() -> store.one(workspace, userId)))
                .onItem().ifNull().switchTo(SecondFactors::refusal)
                .chain(seen -> attempts.begin(seen.email).chain(heard -> heard
                        ? Panache.withTransaction(() -> store.lock(seen.workspaceId, userId)
                                .chain(row -> fits(row, code) ? deed.apply(row) : Uni.createFrom().nullItem()))
                        : SecondFactors.<EndUser> refusal())
                        .onItem().ifNotNull().call(() -> attempts.forget(seen.email))
                        .onItem().ifNull().switchTo(() -> refuse(seen, origin)));
    }

    /** Whether it is a code that is good now, which it is no longer. */
    private boolean fits(EndUserEntity row, String code) {
        Long step = row == null || row.sealedSecondFactor == null ? null
                : codes.step(vault.open(purpose(row.id), row.sealedSecondFactor), code, row.secondFactorStep);
        if (step != null) {
            row.secondFactorStep = step;
        }
        return step != null;
    }

    private Uni<EndUser> refuse(EndUserEntity row, Origin origin) {
        return Panache.withTransaction(() -> note(row, "second_factor_refused", STRANGER, origin))
                .chain(SecondFactors::refusal);
    }

    private static <T> Uni<T> refusal() {
        return Uni.createFrom().failure(Problem.unauthenticated("This code does not let you in: it is wrong, was used "
                + "before, or codes were tried too often. Wait for the next one, and try again."));
    }

    private Uni<Void> note(EndUserEntity row, String verb, String subject, Origin origin) {
        return audit.note(new Caller(row.workspaceId, subject, Set.of(), null, origin),
                EndUsers.deed(row, verb, Map.of(), Map.of()));
    }

    private static String purpose(long userId) {
        return "second-factor:" + userId;
    }
}
