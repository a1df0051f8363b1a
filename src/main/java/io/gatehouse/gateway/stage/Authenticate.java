package io.gatehouse.gateway.stage;

import java.time.Clock;
import java.util.List;
import java.util.Set;

import io.gatehouse.access.issuers.Issuers;
import io.gatehouse.access.oauth.Ticket;
import io.gatehouse.access.oauth.Tickets;
import io.gatehouse.access.tokens.TokenDigest;
import io.gatehouse.access.tokens.TokenUse;
import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.Located;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.AccessToken;
import io.gatehouse.plan.Entrance;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Tells who calls, by whichever way in the server's plan has. Tokens are compared by digest in a hash table: what time tells
 * of a digest does not lead to a token.
 */
@Singleton
public class Authenticate {

    private static final String BEARER = "Bearer ";

    private final TokenUse use;
    private final Tickets tickets;
    private final Issuers issuers;
    private final Challenge challenge;
    private final Clock clock;

    @Inject
    Authenticate(TokenUse use, Tickets tickets, Issuers issuers, Challenge challenge, Clock clock) {
        this.use = use;
        this.tickets = tickets;
        this.issuers = issuers;
        this.challenge = challenge;
        this.clock = clock;
    }

    /** Fails with a {@link Fault} that challenges the client, FORBIDDEN for who is known and not let in, and UNAVAILABLE. */
    public Uni<Known> identify(Located located) {
        Entrance entrance = located.server().plan().entrance();
        String token = token(located.arrival(), entrance);
        if (token == null) {
            return Uni.createFrom().failure(challenge.unknown(located));
        }
        AccessToken access = entrance.tokens().isEmpty() ? null : located.server().token(TokenDigest.of(token));
        if (access != null && (access.expiresAt() == null || access.expiresAt().isAfter(clock.instant()))) {
            use.note(access.id());
            Known known = known(located, access);
            located.arrival().observation().known(known);
            return Uni.createFrom().item(known);
        }
        Uni<Known> known = entrance.groups() != null ? byIdentity(located, token)
                : entrance.issuer() != null && located.arrival().header("Authorization") != null ? byIssuer(located, token)
                        : Uni.createFrom().failure(Problem.unauthenticated("The token does not open this MCP server"));
        return known.invoke(sender -> located.arrival().observation().known(sender))
                .onFailure(Authenticate::isRefusal)
                .transform(refusal -> challenge.refused(located, refusal.getMessage()));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAUTHENTICATED;
    }

    private static Known known(Located located, AccessToken access) {
        return new Known(located, caller(located, "token:" + access.id()), null, access.expiresAt(), null, Set.of());
    }

    /** A token is for one server (RFC 8707); and who is let in is decided by groups alone, now. */
    private Uni<Known> byIdentity(Located located, String token) {
        return tickets.of(token).map(ticket -> {
            if (ticket.serverId() != located.server().plan().serverId()) {
                throw Problem.unauthenticated("The token is for another MCP server");
            }
            if (!isInOneOf(located.server().plan().entrance().groups(), ticket)) {
                throw Problem.forbidden("You are in none of the groups that may use this MCP server");
            }
            return new Known(located, caller(located, ticket.subject()), ticket.name(), ticket.until(), ticket.scopes(),
                    ticket.ingredients());
        });
    }

    /** Whoever the issuer says may come, for as long as the token is good. */
    private Uni<Known> byIssuer(Located located, String token) {
        return issuers.verify(located.server().issuer(), token)
                .map(visitor -> new Known(located, caller(located, "issuer:" + visitor.subject()), null, visitor.lapse(),
                        visitor.scopes(), Set.of()));
    }

    private static boolean isInOneOf(Set<Long> groups, Ticket ticket) {
        for (Long group : ticket.groups()) {
            if (groups.contains(group)) {
                return true;
            }
        }
        return false;
    }

    private static Caller caller(Located located, String subject) {
        return new Caller(located.server().plan().workspaceId(), subject, Set.of(), null, Origin.SYSTEM);
    }

    /**
     * From the URL only where the server's own URL carries one, which is none of an issuer outside. Of several headers, two
     * who read them may see different ones: none counts.
     */
    private static String token(Arrival arrival, Entrance entrance) {
        List<String> headers = arrival.headers().getAll("Authorization");
        if (headers.isEmpty()) {
            return entrance.tokens().isEmpty() ? null : arrival.queryToken();
        }
        String header = headers.get(0);
        return headers.size() == 1 && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : null;
    }
}
