package io.gatehouse.access.clients;

import java.time.Clock;
import java.util.Set;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.platform.AddressRanges;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Tells who sends a management request. */
@Singleton
public class Authenticator {

    private static final String SUBJECT = "client:";

    private final ManagementTokens tokens;
    private final ClientStore store;
    private final Clock clock;

    @Inject
    Authenticator(ManagementTokens tokens, ClientStore store, Clock clock) {
        this.tokens = tokens;
        this.store = store;
        this.clock = clock;
    }

    /**
     * The client that a bearer token stands for. A token is good while its client's row names it, so that revocation
     * holds on every replica from its commit on.
     *
     * @return null for a token that is not ours, expired, replaced, revoked, or sent from where its client may not be
     */
    @WithSession
    public Uni<Caller> authenticate(String token, Origin origin) {
        return tokens.verify(token)
                .onItem().ifNotNull().transformToUni(claims -> store.any(Long.parseLong(claims.getSubject()))
                        .map(client -> caller(claims, client, origin)));
    }

    private Caller caller(JsonWebToken claims, ApiClientEntity client, Origin origin) {
        boolean good = client != null && client.isGood(clock.instant())
                && client.tokenId.toString().equals(claims.getTokenID()) && mayCallFrom(client, origin);
        return good
                ? new Caller(client.workspaceId, SUBJECT + client.id, client.role.permissions(),
                        client.allProjects ? null : Set.copyOf(client.projects), origin)
                : null;
    }

    private static boolean mayCallFrom(ApiClientEntity client, Origin origin) {
        AddressRanges allowed = AllowList.read(client.ipAllowList);
        return allowed.isEmpty() || allowed.contain(origin.address());
    }

    /** The id of the client that a caller is, or null for one that is none. */
    static Long clientId(Caller caller) {
        return caller.subject().startsWith(SUBJECT) ? Long.valueOf(caller.subject().substring(SUBJECT.length())) : null;
    }
}
