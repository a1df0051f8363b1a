package io.gatehouse.gateway;

import java.time.Instant;
import java.util.Set;

import io.gatehouse.access.oauth.Scopes;
import io.gatehouse.kernel.Caller;

/**
 * A located arrival whose sender is identified.
 *
 * @param name of the sender for people; null where there is none
 * @param until when the sender's credential expires; null for never
 * @param scopes that the credential carries; null where it is good for everything
 * @param ingredients the topics whose change may end the sender's right, beside those of the server
 */
public record Known(Located located, Caller caller, String name, Instant until, Set<String> scopes, Set<String> ingredients) {

    /** Whether the credential is good for more than looking. */
    public boolean mayChange() {
        return scopes == null || scopes.contains(Scopes.WRITE);
    }
}
