package io.gatehouse.access.oauth;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.gatehouse.access.accounts.ServiceAccounts;
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
 * something about its grant, who it is for, or their groups changes.
 */
@Singleton
public class Tickets {

    private static final long MOST_KEPT = 50_000;

    private final AccessTokens tokens;
    private final Grants grants;
    private final ServiceAccounts accounts;
    private final Clock clock;
    private final Kept<Presented, Ticket> kept;

    @Inject
    Tickets(AccessTokens tokens, Grants grants, ServiceAccounts accounts, Changes changes, Clock clock) {
        this.tokens = tokens;
        this.grants = grants;
        this.accounts = accounts;
        this.clock = clock;
        this.kept = new Kept<>("tokens", changes, MOST_KEPT, ticket -> 1, Ticket::ingredients,
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
                .chain(claims -> claims.service() == null ? ofPerson(claims) : ofService(claims));
    }

    private Uni<Ticket> ofPerson(AccessTokens.Claims claims) {
        return grants.standing(claims.grantId()).onItem().ifNull().failWith(Tickets::expired).map(standing -> {
            Grant grant = standing.grant();
            if (grant.isForManagement()) {
                throw expired();
            }
            Set<Long> groups = Set.copyOf(standing.person().groupIds());
            return new Ticket(grant.workspaceId(), EndUsers.topic(grant.userId()), standing.person().email(), grant.serverId(),
                    grant.clientId(),
                    Scopes.parse(claims.scope()), groups, claims.expiresAt(),
                    ingredients(groups, Grant.topic(grant.id()), EndUsers.topic(grant.userId())));
        });
    }

    private Uni<Ticket> ofService(AccessTokens.Claims claims) {
        AccessTokens.Service service = claims.service();
        return accounts.known(service.accountId()).map(account -> {
            if (account == null || account.epoch() != service.epoch()) {
                throw expired();
            }
            Set<Long> groups = Set.copyOf(account.groupIds());
            return new Ticket(account.workspaceId(), Ticket.subject(account), account.name(), service.serverId(),
                    account.clientId(),
                    Scopes.parse(claims.scope()), groups, claims.expiresAt(),
                    ingredients(groups, ServiceAccounts.topic(account.id())));
        });
    }

    private static Set<String> ingredients(Set<Long> groups, String... topics) {
        Set<String> ingredients = new HashSet<>(List.of(topics));
        groups.forEach(group -> ingredients.add(UserGroups.topic(group)));
        return Set.copyOf(ingredients);
    }

    private static Problem expired() {
        return Problem.unauthenticated("The access token has expired, was revoked or is not ours");
    }
}
