package io.gatehouse.access.clients;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

import io.gatehouse.platform.secrets.Vault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The P-256 keys that sign management tokens; the private halves are sealed under the master key. */
@Singleton
public class SigningKeys {

    private final ClientStore store;
    private final Vault vault;
    private final Clock clock;
    private final ConcurrentMap<String, EllipticCurveJsonWebKey> known = new ConcurrentHashMap<>();

    @Inject
    SigningKeys(ClientStore store, Vault vault, Clock clock) {
        this.store = store;
        this.vault = vault;
        this.clock = clock;
    }

    /** The key with this id, without its private half, or null; keys never change, so they are kept. */
    Uni<EllipticCurveJsonWebKey> verifying(String id) {
        EllipticCurveJsonWebKey key = known.get(id);
        return key != null
                ? Uni.createFrom().item(key)
                : store.signingKey(id).onItem().ifNotNull().transform(row -> {
                    known.put(id, parse(row.publicKey));
                    return known.get(id);
                });
    }

    /** The newest key with its private half, in the current session. */
    Uni<EllipticCurveJsonWebKey> signing() {
        return store.newestSigningKey().map(row -> parse(vault.open(purpose(row.id), row.sealedPrivateKey)));
    }

    /** Makes the key of a new deployment. */
    public Uni<Void> create() {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(UUID.randomUUID().toString());
            SigningKeyEntity row = new SigningKeyEntity();
            row.id = key.getKeyId();
            row.publicKey = key.toJson(OutputControlLevel.PUBLIC_ONLY);
            row.sealedPrivateKey = vault.seal(purpose(row.id), key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            row.createdAt = clock.instant();
            return store.persist(row).replaceWithVoid();
        } catch (JoseException e) {
            throw new IllegalStateException("Could not make a signing key", e);
        }
    }

    private static String purpose(String id) {
        return "signing-key:" + id;
    }

    private static EllipticCurveJsonWebKey parse(String json) {
        try {
            return (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(json);
        } catch (JoseException e) {
            throw new IllegalStateException("A stored signing key can't be read", e);
        }
    }
}
