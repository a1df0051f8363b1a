package io.gatehouse.access.keys;

import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

import io.gatehouse.journal.chain.CheckpointKeys;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Signs checkpoints of the audit trail with the key that signs tokens; the type keeps the two apart. */
@Singleton
class CheckpointSigner implements CheckpointKeys {

    private final SigningKeys keys;

    @Inject
    CheckpointSigner(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public Uni<Signed> sign(String payload) {
        return keys.signing().map(key -> sign(payload, key));
    }

    private static Signed sign(String payload, EllipticCurveJsonWebKey key) {
        try {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setHeader("typ", TYPE);
            jws.setKeyIdHeaderValue(key.getKeyId());
            jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            jws.setPayload(payload);
            jws.setKey(key.getPrivateKey());
            return new Signed(jws.getCompactSerialization(), key.getKeyId(), key.toJson(OutputControlLevel.PUBLIC_ONLY));
        } catch (JoseException e) {
            throw new IllegalStateException("Could not sign a checkpoint", e);
        }
    }
}
