package io.gatehouse.access.accounts;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;

import io.gatehouse.kernel.Problem;

/** The public keys by which a service account is known: RSA of 2048 bits at least, or of a curve of NIST. */
final class PublicKeys {

    private static final String FIELD = "jwks";
    private static final int MOST = 10;
    private static final int SHORTEST = 2_048;
    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

    private PublicKeys() {
    }

    /**
     * What is stored of them.
     *
     * @throws Problem INVALID
     */
    static String checked(Map<String, Object> jwks) {
        JWKSet keys;
        try {
            keys = JWKSet.parse(jwks);
        } catch (ParseException | RuntimeException e) {
            // The library does not expect every kind of nonsense.
            throw invalid("not a JSON Web Key Set");
        }
        if (keys.getKeys().isEmpty() || keys.getKeys().size() > MOST) {
            throw invalid("1 to " + MOST + " keys are needed");
        }
        if (keys.getKeys().stream().anyMatch(JWK::isPrivate)) {
            throw invalid("a private key is in it: make a new one, and keep that half to the program");
        }
        if (!keys.getKeys().stream().allMatch(PublicKeys::isGood)) {
            throw invalid("RSA keys of " + SHORTEST + " bits or keys of the curves P-256, P-384 and P-521 are needed");
        }
        return keys.toString();
    }

    private static boolean isGood(JWK key) {
        return key instanceof RSAKey rsa ? rsa.size() >= SHORTEST
                : key instanceof ECKey curved && CURVES.contains(curved.getCurve());
    }

    private static Problem invalid(String why) {
        return Problem.invalidField(FIELD, "invalid_field_value", FIELD + ": " + why);
    }

    /** Those that may have signed what has this header. */
    static List<PublicKey> fitting(String jwks, JWSHeader header) {
        try {
            return JWKSet.parse(jwks).getKeys().stream()
                    .filter(key -> header.getKeyID() == null || key.getKeyID() == null
                            || header.getKeyID().equals(key.getKeyID()))
                    .map(PublicKeys::publicKey).filter(key -> fits(key, header.getAlgorithm())).toList();
        } catch (ParseException e) {
            throw new IllegalStateException("The stored keys of a service account can't be read", e);
        }
    }

    private static boolean fits(PublicKey key, com.nimbusds.jose.Algorithm algorithm) {
        return key instanceof RSAPublicKey && JWSAlgorithm.Family.RSA.contains(algorithm)
                || key instanceof ECPublicKey && JWSAlgorithm.Family.EC.contains(algorithm);
    }

    private static PublicKey publicKey(JWK key) {
        try {
            return ((AsymmetricJWK) key).toPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException("The stored key of a service account can't be read", e);
        }
    }
}
