package io.gatehouse.access.issuers;

import java.util.Map;

import org.jose4j.jwt.JwtClaims;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Knows the providers of OpenID Connect at which people sign in. */
@Singleton
public class OpenIdProviders {

    private static final int LONGEST_TOKEN = 131_072;

    private final Discovery discovery;
    private final SignedTokens signed;

    @Inject
    OpenIdProviders(Discovery discovery, SignedTokens signed) {
        this.discovery = discovery;
        this.signed = signed;
    }

    /** Fails in any way where the issuer is no provider that people can sign in at. */
    public Uni<OpenIdProvider> find(String issuer) {
        return Uni.createFrom().deferred(() -> discovery.of(issuer)).map(metadata -> {
            OpenIdProvider provider = metadata.provider();
            if (metadata.keys() == null || provider.authorization() == null || provider.token() == null) {
                throw Problem.upstream("The issuer's metadata lacks an authorization endpoint, a token endpoint or keys", null);
            }
            return provider;
        });
    }

    /** What an ID token for this client, of the sign-in that has the nonce, says. Fails in any way where it is none. */
    public Uni<Map<String, Object>> claims(String issuer, String clientId, String nonce, String idToken) {
        return Uni.createFrom().deferred(() -> {
            if (idToken.length() > LONGEST_TOKEN) {
                throw Problem.unauthenticated("The token is too long");
            }
            return signed.verifyIdToken(issuer, clientId, nonce, idToken);
        }).map(JwtClaims::getClaimsMap);
    }
}
