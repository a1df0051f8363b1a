package io.gatehouse.access.issuers;

import java.security.PublicKey;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

import io.gatehouse.access.issuers.Published.Fetched;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Checks JWTs by the keys of their issuers (RFC 8725). What a token's header says only chooses among those keys: a key, or
 * a place of keys, that comes with a token is never looked at.
 */
@Singleton
class SignedTokens {

    /** RFC 9068, section 2.1, and what issuers write that don't follow it. */
    private static final Set<String> ACCESS_TOKEN = Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");
    private static final Set<String> ID_TOKEN = Set.of("jwt", "application/jwt");

    private final Published<KeySet> published;
    private final Clock clock;

    @Inject
    SignedTokens(Discovery discovery, Documents documents, Clock clock) {
        this.clock = clock;
        this.published = new Published<>("issuers-keys", clock, issuer -> discovery.of(issuer).chain(metadata -> {
            if (metadata.keys() == null) {
                throw Problem.upstream("The issuer publishes no keys", null);
            }
            return documents.get(metadata.keys());
        }).map(document -> new Fetched<>(KeySet.parse(document.text()), document.lifetime())));
    }

    /** @param keys by one of which the token was verified */
    record Verified(Visitor visitor, KeySet keys) {
    }

    /** Whether a token that was verified by these keys need not be verified again. */
    boolean areCurrent(String issuer, KeySet keys) {
        return published.isCurrent(issuer, keys);
    }

    /** Fails with UNAUTHENTICATED, or in any other way where the issuer can't be asked for its keys. */
    Uni<Verified> verify(TrustedIssuer trust, String token) {
        JsonWebSignature signed = parse(token, ACCESS_TOKEN);
        Visitor claimed = Claims.ofToken(trust, claims(signed), clock);
        return keys(trust.issuer(), signed).map(keys -> new Verified(claimed, keys));
    }

    /** What an ID token says. Fails like {@link #verify}. */
    Uni<JwtClaims> verifyIdToken(String issuer, String clientId, String nonce, String token) {
        JsonWebSignature signed = parse(token, ID_TOKEN);
        JwtClaims claims = claims(signed);
        Claims.checkIdToken(issuer, clientId, nonce, claims, clock);
        return keys(issuer, signed).replaceWith(claims);
    }

    /** Those of the issuer, by one of which the signature is good. */
    private Uni<KeySet> keys(String issuer, JsonWebSignature signed) {
        return published.get(issuer)
                .chain(keys -> key(signed, keys) != null
                        ? Uni.createFrom().item(keys)
                        : published.renewed(issuer, keys))
                .invoke(keys -> check(signed, key(signed, keys)));
    }

    private static JsonWebSignature parse(String token, Set<String> types) {
        JsonWebSignature signed = new JsonWebSignature();
        String type;
        String algorithm;
        try {
            signed.setCompactSerialization(token);
            type = signed.getHeader("typ");
            algorithm = signed.getAlgorithmHeaderValue();
            signed.getKeyIdHeaderValue();
        } catch (JoseException | ClassCastException e) {
            throw Claims.malformed();
        }
        if (!KeySet.accepts(algorithm)) {
            throw Problem.unauthenticated("The token's signature algorithm is not accepted");
        }
        if (type != null && !types.contains(type.toLowerCase(Locale.ROOT))) {
            throw Problem.unauthenticated(types == ID_TOKEN ? "The token is no ID token" : "The token is no access token");
        }
        if (signed.getObjectHeader("crit") != null || signed.getObjectHeader("b64") != null) {
            throw Problem.unauthenticated("The token has an extension that is not understood");
        }
        return signed;
    }

    private static JwtClaims claims(JsonWebSignature signed) {
        try {
            return JwtClaims.parse(signed.getUnverifiedPayload());
        } catch (InvalidJwtException e) {
            throw Claims.malformed();
        }
    }

    private static PublicKey key(JsonWebSignature signed, KeySet keys) {
        return keys.find(signed.getAlgorithmHeaderValue(), signed.getKeyIdHeaderValue());
    }

    private static void check(JsonWebSignature signed, PublicKey key) {
        if (key == null) {
            throw Problem.unauthenticated("The token is signed with a key that its issuer does not publish");
        }
        signed.setAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, signed.getAlgorithmHeaderValue()));
        signed.setKey(key);
        try {
            if (signed.verifySignature()) {
                return;
            }
        } catch (JoseException e) {
            throw Problem.unauthenticated("The token's signature can't be checked with its issuer's key");
        }
        throw Problem.unauthenticated("The token's signature is wrong");
    }
}
