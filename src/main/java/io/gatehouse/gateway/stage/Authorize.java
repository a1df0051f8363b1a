package io.gatehouse.gateway.stage;

import java.util.Set;

import io.gatehouse.access.oauth.Scopes;
import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.gateway.protocol.Methods;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Holds what is asked for against the scopes of the credential: to look takes one, to change something both. */
@Singleton
public class Authorize {

    private final Challenge challenge;

    @Inject
    Authorize(Challenge challenge) {
        this.challenge = challenge;
    }

    /** @throws Fault that names the scopes which are needed */
    public void check(Turn turn) {
        Known known = turn.known();
        if (known.scopes() != null && !known.scopes().containsAll(needed(turn))) {
            throw challenge.insufficient(known.located(), needed(turn));
        }
    }

    private static Set<String> needed(Turn turn) {
        return Methods.CALL_TOOL.equals(turn.message().method()) && !isReadOnly(turn)
                ? Set.copyOf(Scopes.ALL)
                : Set.of(Scopes.READ);
    }

    /** What is not known to change nothing may change something. */
    private static boolean isReadOnly(Turn turn) {
        return turn.known().located().server().isReadOnly(turn.message().params().path("name").asText());
    }
}
