package io.gatehouse.access.oauth;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

import io.gatehouse.access.people.EndUsers;
import io.gatehouse.access.people.UserGroups;
import io.gatehouse.access.tokens.TokenDigest;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.changes.Kept;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Knows access tokens again. One is verified when it comes first; from then on only a digest is made and looked up, until
 * something about its grant, its person or their groups changes.
 */
@Singleton
public class Tickets {

    private static final long MOST_KEPT = 50_000;

    private final AccessTokens tokens;
    private final Grants grants;
    private final Clock clock;
    private final Kept<Presented, Ticket> kept;

    @Inject
    Tickets(AccessTokens tokens, Grants grants, Changes changes, Clock clock) {
        this.tokens = tokens;
        this.grants = grants;
        this.clock = clock;
        this.kept = new Kept<>(changes, MOST_KEPT, ticket -> 1, Ticket::ingredients,
                presented -> load(presented.token()));
    }

    /** A token, known by its digest. */
    private record Presented(String digest, String token) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Presented that && digest.equals(that.digest);
        }

        @Override
        public int hashCode() {
            return digest.hashCode();
        }

        @Override
        public String toString() {
            return digest;
        }
    }

    /** Fails with UNAUTHENTICATED, and with UNAVAILABLE where that can't be told. */
    public Uni<Ticket> of(String token) {
        return kept.get(new Presented(TokenDigest.of(token), token)).invoke(ticket -> {
            if (!ticket.until().isAfter(clock.instant())) {
                throw expired();
            }
        }).onFailure(failure -> !(failure instanceof Problem))
                .transform(failure -> Problem.unavailable("Who calls can't be told now", failure));
    }

    private Uni<Ticket> load(String token) {
        return tokens.verify(token).onItem().ifNull().failWith(Tickets::expired)
                .chain(claims -> grants.standing(claims.grantId()).onItem().ifNull().failWith(Tickets::expired)
                        .map(standing -> {
                            if (standing.grant().isForManagement()) {
                                throw expired();
                            }
                            return ticket(claims, standing);
                        }));
    }

    private static Ticket ticket(AccessTokens.Claims claims, Grants.Standing standing) {
        Grant grant = standing.grant();
        Set<Long> groups = Set.copyOf(standing.person().groupIds());
        Set<String> ingredients = new HashSet<>(Set.of(Grant.topic(grant.id()), EndUsers.topic(grant.userId())));
        groups.forEach(group -> ingredients.add(UserGroups.topic(group)));
        return new Ticket(grant.workspaceId(), grant.userId(), grant.serverId(), grant.clientId(),
                Scopes.parse(claims.scope()), groups, claims.expiresAt(), Set.copyOf(ingredients));
    }

    private static Problem expired() {
        return Problem.unauthenticated("The access token has expired, was revoked or is not ours");
    }
}
