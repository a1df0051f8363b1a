package io.gatehouse.access;

import java.util.EnumSet;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Permission;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Tells who sends a management request. */
@Singleton
public class Authenticator {

    private final ManagementTokens tokens;
    private final AccessStore store;

    @Inject
    Authenticator(ManagementTokens tokens, AccessStore store) {
        this.tokens = tokens;
        this.store = store;
    }

    /**
     * The client that a bearer token stands for. A token is good while its client's row names it, so that revocation
     * holds on every replica from its commit on.
     *
     * @return null for a token that is not ours, expired, replaced or revoked
     */
    @WithSession
    public Uni<Caller> authenticate(String token, Origin origin) {
        return tokens.verify(token)
                .onItem().ifNotNull().transformToUni(claims -> store.client(Long.parseLong(claims.getSubject()))
                        .map(client -> caller(claims, client, origin)));
    }

    private static Caller caller(JsonWebToken claims, ApiClientEntity client, Origin origin) {
        boolean good = client != null && client.revokedAt == null
                && client.tokenId.toString().equals(claims.getTokenID());
        return good
                ? new Caller(client.workspaceId, "client:" + client.id, EnumSet.allOf(Permission.class), null,
                        origin)
                : null;
    }
}
