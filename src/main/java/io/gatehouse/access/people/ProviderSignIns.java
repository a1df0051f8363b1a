package io.gatehouse.access.people;

import java.time.Clock;
import java.util.Map;
import java.util.Set;

import io.gatehouse.access.Workspaces;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.database.Clash;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Lets people in for whom the organisation's provider vouches. Who it is, its issuer and subject tell; who comes first is
 * found by an address that the provider has made sure of, or else is new. One who was deleted comes back only where
 * somebody has made a user with their address. Everybody who is not let in hears the same.
 */
@Singleton
public class ProviderSignIns {

    private static final String STRANGER = "anonymous";

    private final Workspaces workspaces;
    private final EndUserStore store;
    private final UserGroupStore groups;
    private final EndUsers people;
    private final Identities identities;
    private final Memberships memberships;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;

    @Inject
    ProviderSignIns(Workspaces workspaces, EndUserStore store, UserGroupStore groups, EndUsers people,
            Identities identities, Memberships memberships, Audit audit, Changes changes, Clock clock) {
        this.workspaces = workspaces;
        this.store = store;
        this.groups = groups;
        this.people = people;
        this.identities = identities;
        this.memberships = memberships;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** @param mayAppear whether one whom nobody knows becomes a user */
    private record Arrival(long workspaceId, Profile profile, boolean mayAppear, Origin origin) {

        Caller caller(String subject) {
            return new Caller(workspaceId, subject, Set.of(), null, origin);
        }

        Caller provider() {
            return caller("identity_provider:" + profile.providerId());
        }
    }

    /**
     * The person, in the groups that the provider claims; every replica knows of these when this completes. Fails with
     * FORBIDDEN.
     *
     * @param mayAppear whether one whom nobody knows becomes a user
     */
    public Uni<EndUser> signIn(Profile profile, boolean mayAppear, Origin origin) {
        return workspaces.only().map(workspace -> new Arrival(workspace, profile, mayAppear, origin))
                .chain(arrival -> Uni.createFrom().deferred(() -> Panache.withTransaction(() -> admit(arrival)))
                        .onFailure(ProviderSignIns::isOvertaken).retry().atMost(1)
                        .onFailure(ProviderSignIns::isRefusal).call(() -> refused(arrival)))
                .call(changes::settle);
    }

    /** Somebody with the same address, or the same person in another window, was quicker. */
    private static boolean isOvertaken(Throwable failure) {
        return Clash.isTaken(failure, EndUserEntity.UNIQUE_EMAIL) || Clash.isTaken(failure, Identities.UNIQUE_USER)
                || Clash.isOvertaken(failure);
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.FORBIDDEN;
    }

    private Uni<EndUser> admit(Arrival arrival) {
        return identities.find(arrival.workspaceId(), arrival.profile())
                .chain(identity -> known(arrival, identity)
                        .chain(id -> groups.lockClaimed(arrival.workspaceId(), arrival.profile().groups(), id == null ? 0 : id)
                                .chain(held -> (id == null ? appear(arrival) : active(arrival, id))
                                        .call(row -> identity != null && identity.userId() != null
                                                ? Uni.createFrom().voidItem()
                                                : link(arrival, row))
                                        .call(row -> memberships.claim(arrival.provider(), held, arrival.profile().groups(),
                                                row.id)))))
                .call(row -> audit.note(arrival.caller(SignIns.subject(row)), EndUsers.deed(row, "signed_in", Map.of(),
                        Map.of("identity_provider", arrival.profile().providerId()))))
                .chain(people::person);
    }

    /** Whose account it is, or null where it is to be made. */
    private Uni<Long> known(Arrival arrival, Identities.Identity identity) {
        if (identity != null && identity.userId() != null) {
            return Uni.createFrom().item(identity.userId());
        }
        if (arrival.profile().email() == null) {
            throw refusal();
        }
        return store.byEmail(arrival.workspaceId(), arrival.profile().email()).chain(row -> {
            if (row == null && (identity != null || !arrival.mayAppear())) {
                throw refusal();
            }
            return row == null ? Uni.createFrom().nullItem()
                    : identities.exists(row.id, arrival.profile().issuer()).map(isAnother -> {
                        if (isAnother) {
                            throw refusal();
                        }
                        return row.id;
                    });
        });
    }

    private Uni<EndUserEntity> active(Arrival arrival, long id) {
        return store.lock(arrival.workspaceId(), id).invoke(row -> {
            if (row == null || !row.active) {
                throw refusal();
            }
        });
    }

    private Uni<EndUserEntity> appear(Arrival arrival) {
        EndUserEntity row = new EndUserEntity();
        row.workspaceId = arrival.workspaceId();
        row.name = arrival.profile().name() == null ? arrival.profile().email() : arrival.profile().name();
        row.email = arrival.profile().email();
        row.active = true;
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        return store.persistAndFlush(row)
                .call(() -> audit.note(arrival.provider(), EndUsers.deed(row, "created", Map.of(), EndUsers.fields(row))));
    }

    private Uni<Void> link(Arrival arrival, EndUserEntity row) {
        return identities.link(arrival.workspaceId(), arrival.profile(), row.id).invoke(linked -> {
            if (!linked) {
                throw refusal();
            }
        }).chain(() -> audit.note(arrival.provider(), EndUsers.deed(row, "linked", Map.of(),
                Map.of("issuer", arrival.profile().issuer(), "subject", arrival.profile().subject()))));
    }

    private Uni<Void> refused(Arrival arrival) {
        Deed deed = Deed.of("user", "sign_in_refused", "unknown", "unknown", Map.of(),
                Map.of("identity_provider", arrival.profile().providerId(), "subject", arrival.profile().subject()));
        return Panache.withTransaction(() -> audit.note(arrival.caller(STRANGER), deed));
    }

    private static Problem refusal() {
        return Problem.forbidden("You are signed in at your organisation, but nobody has let you in here. Ask your "
                + "administrator.");
    }
}
