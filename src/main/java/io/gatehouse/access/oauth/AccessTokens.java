package io.gatehouse.access.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

import io.gatehouse.access.accounts.ServiceAccount;
import io.gatehouse.access.keys.SigningKeys;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Signs and checks access tokens (RFC 9068, ES256). */
@Singleton
class AccessTokens {

    /** The type of the header: no other JWT of ours is taken for an access token, and no access token for another. */
    private static final String TYPE = "at+jwt";
    private static final String CLIENT = "client_id";
    private static final String GRANT = "grant";
    private static final String ACCOUNT = "service_account";
    private static final String EPOCH = "epoch";
    private static final String SERVER = "server";
    private static final AlgorithmConstraints ES256 = new AlgorithmConstraints(ConstraintType.PERMIT,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    private static final int LONGEST = 4_096;

    private final Issuer issuer;
    private final SigningKeys keys;
    private final Clock clock;
    private final Duration lifetime;

    @Inject
    AccessTokens(Issuer issuer, SigningKeys keys, Clock clock,
            @ConfigProperty(name = "gatehouse.identity.access-token-lifetime", defaultValue = "1h") Duration lifetime) {
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    Duration lifetime() {
        return lifetime;
    }

    /**
     * What a good token says.
     *
     * @param grantId null for one of a service account
     * @param service null for one of a person
     */
    record Claims(Long grantId, Service service, String scope, Instant expiresAt) {
    }

    /** A service account at one server, in one epoch. */
    record Service(long accountId, long epoch, long serverId) {
    }

    Uni<String> sign(Grant grant, String scope) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("user:" + grant.userId());
        claims.setAudience(grant.resource());
        claims.setStringClaim(CLIENT, grant.clientId());
        claims.setClaim(GRANT, grant.id());
        return sign(claims, scope);
    }

    Uni<String> sign(ServiceAccount account, ProtectedResource resource, String scope) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(Ticket.subject(account));
        claims.setAudience(resource.url());
        claims.setStringClaim(CLIENT, account.clientId());
        claims.setClaim(ACCOUNT, account.id());
        claims.setClaim(EPOCH, account.epoch());
        claims.setClaim(SERVER, resource.serverId());
        return sign(claims, scope);
    }

    private Uni<String> sign(JwtClaims claims, String scope) {
        return keys.signing().map(key -> {
            Instant now = clock.instant();
            claims.setIssuer(issuer.url());
            claims.setStringClaim("scope", scope);
            claims.setJwtId(UUID.randomUUID().toString());
            claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
            claims.setExpirationTime(NumericDate.fromSeconds(now.plus(lifetime).getEpochSecond()));
            JsonWebSignature token = new JsonWebSignature();
            token.setHeader("typ", TYPE);
            token.setKeyIdHeaderValue(key.getKeyId());
            token.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            token.setKey(key.getPrivateKey());
            token.setPayload(claims.toJson());
            return serialized(token);
        });
    }

    private static String serialized(JsonWebSignature token) {
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("Could not sign an access token", e);
        }
    }

    /** Null for what is no good access token of ours. */
    Uni<Claims> verify(String token) {
        if (token.length() > LONGEST) {
            return Uni.createFrom().nullItem();
        }
        return keys.verifying(token).map(key -> key == null ? null : verify(token, key));
    }

    private Claims verify(String token, EllipticCurveJsonWebKey key) {
        JwtConsumer consumer = new JwtConsumerBuilder().setVerificationKey(key.getPublicKey())
                .setJwsAlgorithmConstraints(ES256).setExpectedType(true, TYPE).setExpectedIssuer(issuer.url())
                .setRequireExpirationTime().setRequireSubject().setSkipDefaultAudienceValidation()
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.instant().toEpochMilli())).build();
        try {
            JwtClaims claims = consumer.processToClaims(token);
            Service service = claims.hasClaim(GRANT) ? null
                    : new Service(number(claims, ACCOUNT), number(claims, EPOCH), number(claims, SERVER));
            return new Claims(service == null ? number(claims, GRANT) : null, service, claims.getStringClaimValue("scope"),
                    Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
        } catch (InvalidJwtException | MalformedClaimException e) {
            return null;
        }
    }

    private static long number(JwtClaims claims, String name) throws MalformedClaimException {
        return claims.getClaimValue(name, Long.class);
    }
}
