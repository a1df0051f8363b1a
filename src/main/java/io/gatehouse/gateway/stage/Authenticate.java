package io.gatehouse.gateway.stage;

import java.time.Clock;
import java.util.Set;

import io.gatehouse.access.tokens.TokenDigest;
import io.gatehouse.access.tokens.TokenUse;
import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.Located;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.AccessToken;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Tells who calls, by the tokens in the server's plan. They are compared by digest in a hash table: what time tells of a
 * digest does not lead to a token.
 */
@Singleton
public class Authenticate {

    private static final String BEARER = "Bearer ";

    private final TokenUse use;
    private final Clock clock;

    @Inject
    Authenticate(TokenUse use, Clock clock) {
        this.use = use;
        this.clock = clock;
    }

    /** @throws Problem UNAUTHENTICATED */
    public Known identify(Located located) {
        String token = token(located.arrival());
        if (token == null) {
            throw Problem.unauthenticated("This MCP server needs a token: Authorization: Bearer <token>");
        }
        AccessToken access = located.server().token(TokenDigest.of(token));
        if (access == null || access.expiresAt() != null && !access.expiresAt().isAfter(clock.instant())) {
            throw Problem.unauthenticated("The token does not open this MCP server");
        }
        use.note(access.id());
        return new Known(located,
                new Caller(located.server().plan().workspaceId(), "token:" + access.id(), Set.of(), null, Origin.SYSTEM),
                access.expiresAt());
    }

    private static String token(Arrival arrival) {
        String header = arrival.header("Authorization");
        if (header == null) {
            return arrival.queryToken();
        }
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : null;
    }
}
