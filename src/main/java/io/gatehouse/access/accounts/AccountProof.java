package io.gatehouse.access.accounts;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.auth.verifier.ClientAuthenticationVerifier;
import com.nimbusds.oauth2.sdk.auth.verifier.ClientCredentialsSelector;
import com.nimbusds.oauth2.sdk.auth.verifier.Context;
import com.nimbusds.oauth2.sdk.auth.verifier.InvalidClientException;
import com.nimbusds.oauth2.sdk.auth.verifier.JWTAudienceCheck;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;

import io.gatehouse.access.tokens.TokenDigest;
import io.gatehouse.kernel.Problem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Takes what service accounts show of themselves: a secret, or what they have signed (RFC 7523), which is good once. */
@Singleton
public class AccountProof {

    private static final long LONGEST_AHEAD_SECONDS = 3_600;

    private final ServiceAccountStore store;

    @Inject
    AccountProof(ServiceAccountStore store) {
        this.store = store;
    }

    /**
     * The service account that is shown. Fails with UNAUTHENTICATED, in the same words whatever is wrong.
     *
     * @param shown null for nothing
     * @param audience the names of who may be told
     */
    public Uni<ServiceAccount> check(ClientAuthentication shown, List<URI> audience) {
        if (shown == null) {
            return refused();
        }
        return Panache.withTransaction(() -> store.byClientId(shown.getClientID().getValue()).chain(row -> {
            if (row == null) {
                return refused();
            }
            if (shown instanceof PlainClientSecret secret) {
                return row.secretDigest != null
                        && TokenDigest.areEqual(row.secretDigest, TokenDigest.of(secret.getClientSecret().getValue()))
                                ? Uni.createFrom().item(row.toAccount())
                                : refused();
            }
            return row.jwks != null && shown instanceof PrivateKeyJWT assertion && isSigned(assertion, row.jwks, audience)
                    ? once(assertion).chain(first -> first ? Uni.createFrom().item(row.toAccount()) : refused())
                    : refused();
        }));
    }

    private static Uni<ServiceAccount> refused() {
        return Uni.createFrom().failure(Problem.unauthenticated("The client is no service account, or has not shown that it "
                + "is itself: by its secret, or by what its key has signed, once, within the hour"));
    }

    private static boolean isSigned(PrivateKeyJWT assertion, String jwks, List<URI> audience) {
        try {
            Set<Audience> us = Set.copyOf(Audience.create(audience.stream().map(URI::toString).toList()));
            new ClientAuthenticationVerifier<>(new Keys(jwks), null, us, JWTAudienceCheck.LEGACY, null,
                    LONGEST_AHEAD_SECONDS).verify(assertion, Set.of(), null);
            return true;
        } catch (InvalidClientException | JOSEException e) {
            return false;
        }
    }

    /** By what is signed: of a signature, there can be more than one that is good. */
    private static Uni<Boolean> once(PrivateKeyJWT assertion) {
        String digest = TokenDigest.of(new String(assertion.getClientAssertion().getSigningInput(),
                StandardCharsets.US_ASCII));
        Instant end = assertion.getJWTAuthenticationClaimsSet().getExpirationTime().toInstant();
        return Panache.getSession().chain(session -> session.createNativeQuery(
                "insert into oauth_assertion (digest, expires_at) values (?1, ?2) on conflict do nothing")
                .setParameter(1, digest).setParameter(2, end).executeUpdate()).map(rows -> rows == 1);
    }

    /** The keys of one service account, which has no secret. */
    private record Keys(String jwks) implements ClientCredentialsSelector<Void> {

        @Override
        public List<Secret> selectClientSecrets(ClientID id, ClientAuthenticationMethod method, Context<Void> context) {
            return List.of();
        }

        @Override
        public List<PublicKey> selectPublicKeys(ClientID id, ClientAuthenticationMethod method, JWSHeader header,
                boolean forceRefresh, Context<Void> context) {
            return PublicKeys.fitting(jwks, header);
        }
    }
}
