package io.gatehouse.access.clients;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwk.EllipticCurveJsonWebKey;

import io.gatehouse.access.keys.SigningKeys;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Signs and checks the JWTs (RFC 7519, ES256) of management API clients. */
@Singleton
class ManagementTokens {

    private static final String ISSUER = "gatehouse";
    private static final String AUDIENCE = "gatehouse-management";

    private final SigningKeys keys;
    private final JWTParser parser;
    private final Clock clock;
    private final Duration lifetime;

    @Inject
    ManagementTokens(SigningKeys keys, JWTParser parser, Clock clock,
            @ConfigProperty(name = "gatehouse.management-token.lifetime", defaultValue = "365d") Duration lifetime) {
        this.keys = keys;
        this.parser = parser;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** The time that no token made now outlives. */
    Instant latestEnd() {
        return clock.instant().plus(lifetime);
    }

    Uni<String> sign(ApiClientEntity client) {
        return keys.signing().map(key -> {
            Instant now = clock.instant();
            Instant end = client.expiresAt == null ? now.plus(lifetime) : client.expiresAt;
            return Jwt.issuer(ISSUER).audience(AUDIENCE).subject(Long.toString(client.id))
                    .claim("jti", client.tokenId.toString()).issuedAt(now).expiresAt(end)
                    .jws().algorithm(SignatureAlgorithm.ES256).keyId(key.getKeyId()).sign(key.getEcPrivateKey());
        });
    }

    /** The token's claims, or null when it is not a good token of ours. */
    Uni<JsonWebToken> verify(String token) {
        return keys.verifying(token).map(key -> key == null ? null : verify(token, key));
    }

    private JsonWebToken verify(String token, EllipticCurveJsonWebKey key) {
        JWTAuthContextInfo expected = new JWTAuthContextInfo(key.getPublicKey(), ISSUER);
        expected.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        expected.setExpectedAudience(Set.of(AUDIENCE));
        try {
            return parser.parse(token, expected);
        } catch (ParseException e) {
            return null;
        }
    }
}
