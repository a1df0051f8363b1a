package io.gatehouse.access.issuers;

import java.security.PublicKey;
import java.util.List;
import java.util.Map;

import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

import io.gatehouse.kernel.Problem;

/** The keys that an issuer publishes; of those, what can sign tokens in a way that has a public half. */
record KeySet(List<PublicJsonWebKey> keys) {

    /** The accepted algorithms (RFC 7518, RFC 8037), each with the type or the curve of its keys. */
    private static final Map<String, String> ALGORITHMS = Map.of(
            "RS256", "RSA", "RS384", "RSA", "RS512", "RSA", "PS256", "RSA", "PS384", "RSA", "PS512", "RSA",
            "ES256", "P-256", "ES384", "P-384", "ES512", "P-521", "EdDSA", "OKP");

    static boolean accepts(String algorithm) {
        return algorithm != null && ALGORITHMS.containsKey(algorithm);
    }

    static KeySet parse(String json) {
        try {
            return new KeySet(new JsonWebKeySet(json).getJsonWebKeys().stream()
                    .filter(PublicJsonWebKey.class::isInstance).map(PublicJsonWebKey.class::cast).toList());
        } catch (JoseException | ClassCastException e) {
            throw Problem.upstream("The issuer's keys are no JSON Web Key Set", e);
        }
    }

    /**
     * The one key for a token that is signed so.
     *
     * @param id null for any
     * @return null where none fits, or several do
     */
    PublicKey find(String algorithm, String id) {
        List<PublicJsonWebKey> fitting = keys.stream()
                .filter(key -> (id == null || id.equals(key.getKeyId())) && fits(key, algorithm)).toList();
        return fitting.size() == 1 ? fitting.get(0).getPublicKey() : null;
    }

    private static boolean fits(JsonWebKey key, String algorithm) {
        String kind = key instanceof EllipticCurveJsonWebKey curved ? curved.getCurveName() : key.getKeyType();
        return kind.equals(ALGORITHMS.get(algorithm))
                && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
                && (key.getUse() == null || key.getUse().equals("sig"))
                && (key.getKeyOps() == null || key.getKeyOps().contains("verify"));
    }
}
