package io.gatehouse.journal.chain;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** The public keys by which checkpoints are known to be good. */
public final class TrustedKeys {

    private final Map<String, JsonWebKey> keys = new HashMap<>();

    /** @throws IllegalArgumentException when one of them is no public key */
    public TrustedKeys(Collection<String> jwks) {
        for (String jwk : jwks) {
            try {
                JsonWebKey key = JsonWebKey.Factory.newJwk(jwk);
                keys.put(key.getKeyId(), key);
            } catch (JoseException e) {
                throw new IllegalArgumentException("not a JSON Web Key", e);
            }
        }
    }

    /** What was signed by one of these keys, or null. */
    Checkpoint open(String signed) {
        try {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setAlgorithmConstraints(
                    new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256));
            jws.setCompactSerialization(signed);
            JsonWebKey key = keys.get(jws.getKeyIdHeaderValue());
            if (key == null || !CheckpointKeys.TYPE.equals(jws.getHeader("typ"))) {
                return null;
            }
            jws.setKey(key.getKey());
            return jws.verifySignature() ? Checkpoint.of(jws.getPayload()) : null;
        } catch (JoseException | RuntimeException e) {
            return null;
        }
    }
}
