package io.gatehouse.gateway.stage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.gatehouse.access.issuers.TrustedIssuer;
import io.gatehouse.access.oauth.Scopes;
import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.gateway.protocol.Methods;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Holds what is asked for against the scopes of the credential: to look takes one, to change something both, and an issuer
 * outside may be held to more.
 */
@Singleton
public class Authorize {

    private static final List<String> LOOKING = List.of(Scopes.READ);

    private final Challenge challenge;

    @Inject
    Authorize(Challenge challenge) {
        this.challenge = challenge;
    }

    /** @throws Fault that names the scopes which are needed */
    public void check(Turn turn) {
        Known known = turn.known();
        if (known.scopes() == null) {
            return;
        }
        List<String> needed = Methods.CALL_TOOL.equals(turn.message().method()) && !isReadOnly(turn) ? Scopes.ALL : LOOKING;
        TrustedIssuer issuer = known.located().server().issuer();
        if (!known.scopes().containsAll(needed) || issuer != null && !known.scopes().containsAll(issuer.scopes())) {
            Set<String> all = new LinkedHashSet<>(needed);
            all.addAll(issuer == null ? List.of() : issuer.scopes());
            throw challenge.insufficient(known.located(), all);
        }
    }

    /** What is not known to change nothing may change something. */
    private static boolean isReadOnly(Turn turn) {
        return turn.known().located().server().isReadOnly(turn.message().params().path("name").asText());
    }
}
