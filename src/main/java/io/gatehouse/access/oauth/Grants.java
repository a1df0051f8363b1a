package io.gatehouse.access.oauth;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.access.clients.Administrators;
import io.gatehouse.access.people.EndUser;
import io.gatehouse.access.people.EndUsers;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to what people have agreed to, and to the refresh tokens that keep it alive. */
@Singleton
public class Grants {

    private static final String INVALID = "invalid_grant";

    /** Requests of one client that cross each other are no theft: the second is refused, and nothing more. */
    private static final Duration CROSSING = Duration.ofSeconds(10);

    private final GrantStore store;
    private final EndUsers people;
    private final Administrators administrators;
    private final Changes changes;
    private final Clock clock;
    private final Duration lifetime;
    private final Duration unused;

    @Inject
    Grants(GrantStore store, EndUsers people, Administrators administrators, Changes changes, Clock clock,
            @ConfigProperty(name = "gatehouse.identity.grant-lifetime", defaultValue = "90d") Duration lifetime,
            @ConfigProperty(name = "gatehouse.identity.refresh-token-lifetime", defaultValue = "30d") Duration unused) {
        this.store = store;
        this.people = people;
        this.administrators = administrators;
        this.changes = changes;
        this.clock = clock;
        this.lifetime = lifetime;
        this.unused = unused;
    }

    /** @param refreshToken shown only now */
    record Issued(Grant grant, String refreshToken) {

        @Override
        public String toString() {
            return grant.toString();
        }
    }

    static Problem invalid(String why) {
        return Problem.invalid(INVALID, why);
    }

    /**
     * The grant that a code stands for; whatever comes of it, the code is used up. A code that comes again may have been
     * stolen: what was got for it ends. Fails with INVALID.
     */
    Uni<Issued> exchange(String code, CodeCheck check) {
        return Panache.withTransaction(() -> store.held(CodeEntity.class, Secrets.digest(code)).chain(row -> {
            if (row == null) {
                return refused("The authorization code is not known here");
            }
            if (row.usedAt != null) {
                return (row.grantId == null ? Uni.createFrom().voidItem() : end(row.grantId))
                        .chain(() -> refused("The authorization code was used before"));
            }
            row.usedAt = clock.instant();
            String fault = row.expiresAt.isAfter(row.usedAt) ? check.fault(row) : "The authorization code has expired";
            return fault != null ? refused(fault) : found(row);
        })).chain(this::settled);
    }

    /** What a transaction comes to, that has to be committed also where it is a refusal. */
    private record Outcome(Issued issued, String fault) {
    }

    private static Uni<Outcome> refused(String why) {
        return Uni.createFrom().item(new Outcome(null, why));
    }

    private Uni<Issued> settled(Outcome outcome) {
        return outcome.fault() == null ? Uni.createFrom().item(outcome.issued())
                : changes.settle().chain(() -> Uni.createFrom().failure(invalid(outcome.fault())));
    }

    private Uni<Outcome> found(CodeEntity code) {
        return isLetIn(code.workspaceId, code.userId, code.epoch, code.serverId).chain(isLetIn -> {
            if (!isLetIn) {
                return refused("The person is let in no more");
            }
            Instant now = clock.instant();
            GrantEntity row = new GrantEntity();
            row.workspaceId = code.workspaceId;
            row.userId = code.userId;
            row.epoch = code.epoch;
            row.serverId = code.serverId;
            row.clientId = code.clientId;
            row.clientName = code.clientName;
            row.resource = code.resource;
            row.scope = code.scope;
            row.createdAt = now;
            row.usedAt = now;
            row.expiresAt = now.plus(lifetime);
            return store.persist(row).invoke(kept -> code.grantId = kept.id)
                    .chain(kept -> refreshable(kept.toGrant()));
        });
    }

    /**
     * With another password, or after they were let in nowhere for a while, people have to agree anew. Whether a server lets
     * them in is asked with each request there.
     */
    private Uni<Boolean> isLetIn(long workspaceId, long userId, int epoch, Long serverId) {
        return person(workspaceId, userId, epoch).chain(person -> person != null && serverId == null
                ? administrators.know(workspaceId, userId)
                : Uni.createFrom().item(person != null));
    }

    /** Null for one who is let in no more, or whose epoch is over. */
    private Uni<EndUser> person(long workspaceId, long userId, int epoch) {
        return people.known(workspaceId, userId)
                .map(person -> person != null && person.active() && person.epoch() == epoch ? person : null);
    }

    private Uni<Outcome> refreshable(Grant grant) {
        String token = Secrets.create(Secrets.REFRESH_TOKEN);
        RefreshTokenEntity row = new RefreshTokenEntity();
        row.digest = Secrets.digest(token);
        row.grantId = grant.id();
        Instant end = clock.instant().plus(unused);
        row.expiresAt = end.isBefore(grant.expiresAt()) ? end : grant.expiresAt();
        return store.persist(row).replaceWith(new Outcome(new Issued(grant, token), null));
    }

    /**
     * The grant of a refresh token, which another one takes the place of. One that comes again was stolen, from the client or
     * by it: the grant ends. Fails with INVALID.
     */
    Uni<Issued> refresh(String token, String clientId, List<URI> resources) {
        return Panache.withTransaction(() -> store.held(RefreshTokenEntity.class, Secrets.digest(token)).chain(row -> {
            if (row == null) {
                return refused("The refresh token is not known here");
            }
            return store.grant(row.grantId).chain(grant -> renewed(row, grant, clientId, resources));
        })).chain(this::settled);
    }

    private Uni<Outcome> renewed(RefreshTokenEntity row, GrantEntity grant, String clientId,
            List<URI> resources) {
        Instant now = clock.instant();
        if (!grant.clientId.equals(clientId)) {
            return refused("The refresh token is another client's");
        }
        if (!CodeCheck.isFor(grant.resource, resources)) {
            return refused("The refresh token is for another resource");
        }
        if (row.usedAt != null) {
            return row.usedAt.plus(CROSSING).isAfter(now) ? refused("The refresh token was just used")
                    : end(grant.id).chain(() -> refused("The refresh token was used before"));
        }
        if (grant.revokedAt != null || !row.expiresAt.isAfter(now) || !grant.expiresAt.isAfter(now)) {
            return refused("The refresh token has expired or was revoked");
        }
        return isLetIn(grant.workspaceId, grant.userId, grant.epoch, grant.serverId).chain(isLetIn -> {
            if (!isLetIn) {
                return refused("The person is let in no more");
            }
            row.usedAt = now;
            grant.usedAt = now;
            return refreshable(grant.toGrant());
        });
    }

    /** What a refresh token of the client stands for, of its own accord: nothing more (RFC 7009). */
    Uni<Void> revokeBy(String refreshToken, String clientId) {
        return Panache.withTransaction(() -> store.held(RefreshTokenEntity.class, Secrets.digest(refreshToken))
                .chain(row -> row == null ? Uni.createFrom().voidItem() : endOf(clientId, row.grantId)))
                .call(changes::settle);
    }

    Uni<Void> revoke(long grantId, String clientId) {
        return Panache.withTransaction(() -> endOf(clientId, grantId)).call(changes::settle);
    }

    private Uni<Void> endOf(String clientId, long grantId) {
        return store.grant(grantId).chain(grant -> grant == null || !grant.clientId.equals(clientId)
                ? Uni.createFrom().voidItem()
                : end(grantId));
    }

    /** All that people have agreed to for a server, in the caller's transaction: they showed who they are in another way. */
    public Uni<Void> endAll(long serverId) {
        return store.endAll(serverId, clock.instant())
                .chain(ids -> changes.announce(ids.stream().map(Grant::topic).toList()));
    }

    private Uni<Void> end(long grantId) {
        return store.held(GrantEntity.class, grantId)
                .invoke(grant -> grant.revokedAt = grant.revokedAt == null ? clock.instant() : grant.revokedAt)
                .chain(() -> changes.announce(Grant.topic(grantId)));
    }

    /** A grant with its person, as they are now; null where either is good no more. */
    @WithSession
    Uni<Standing> standing(long grantId) {
        return store.grant(grantId).chain(row -> row == null || row.revokedAt != null
                || !row.expiresAt.isAfter(clock.instant())
                        ? Uni.createFrom().nullItem()
                        : person(row.workspaceId, row.userId, row.epoch)
                                .onItem().ifNotNull().transform(person -> new Standing(row.toGrant(), person)));
    }

    /** A good grant of a person who is let in. */
    record Standing(Grant grant, EndUser person) {
    }
}
