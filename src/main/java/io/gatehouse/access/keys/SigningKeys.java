package io.gatehouse.access.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

import io.gatehouse.platform.jobs.Lease;
import io.gatehouse.platform.secrets.Vault;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The P-256 keys that sign tokens; the private halves are sealed under the master key. */
@Singleton
public class SigningKeys {

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final SigningKeyStore store;
    private final Vault vault;
    private final Lease lease;
    private final Clock clock;
    private final Duration inUse;
    private final Duration kept;
    private final ConcurrentMap<String, EllipticCurveJsonWebKey> known = new ConcurrentHashMap<>();

    @Inject
    SigningKeys(SigningKeyStore store, Vault vault, Lease lease, Clock clock,
            @ConfigProperty(name = "gatehouse.signing-key.rotation", defaultValue = "90d") Duration inUse,
            @ConfigProperty(name = "gatehouse.management-token.lifetime", defaultValue = "365d") Duration longestToken) {
        this.store = store;
        this.vault = vault;
        this.lease = lease;
        this.clock = clock;
        this.inUse = inUse;
        this.kept = inUse.multipliedBy(2).plus(longestToken);
    }

    /** The key that a token names, without its private half, or null; keys never change, so they are kept. */
    @WithSession
    public Uni<EllipticCurveJsonWebKey> verifying(String token) {
        String id = id(token);
        if (id == null || !ID.matcher(id).matches()) {
            return Uni.createFrom().nullItem();
        }
        EllipticCurveJsonWebKey key = known.get(id);
        return key != null
                ? Uni.createFrom().item(key)
                : store.findById(id).onItem().ifNotNull().transform(row -> {
                    known.put(id, parse(row.publicKey));
                    return known.get(id);
                });
    }

    /** Null for what is no token that names a key. */
    private static String id(String token) {
        try {
            return JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue();
        } catch (JoseException | ClassCastException e) {
            return null;
        }
    }

    /** The newest key with its private half. */
    @WithSession
    public Uni<EllipticCurveJsonWebKey> signing() {
        return store.newest().map(row -> parse(vault.open(purpose(row.id), row.sealedPrivateKey)));
    }

    /** Every key that a good token may be signed with, without its private half; the newest first. */
    @WithSession
    public Uni<List<EllipticCurveJsonWebKey>> published() {
        return store.newestFirst().map(rows -> rows.stream().map(row -> parse(row.publicKey)).toList());
    }

    /** Makes a key that signs from now on, in the caller's transaction. */
    public Uni<Void> create() {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(UUID.randomUUID().toString());
            key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            SigningKeyEntity row = new SigningKeyEntity();
            row.id = key.getKeyId();
            row.publicKey = key.toJson(OutputControlLevel.PUBLIC_ONLY);
            row.sealedPrivateKey = vault.seal(purpose(row.id), key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            row.createdAt = clock.instant();
            return store.persistAndFlush(row).replaceWithVoid();
        } catch (JoseException e) {
            throw new IllegalStateException("Could not make a signing key", e);
        }
    }

    /** Makes a new key where the newest has been in use for long enough, and removes those that nobody can need. */
    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> rotate() {
        Instant now = clock.instant();
        return lease.alone("signing-keys", () -> store.newest()
                .chain(newest -> newest == null || newest.createdAt.plus(inUse).isAfter(now)
                        ? Uni.createFrom().voidItem()
                        : create())
                .chain(() -> store.removeOlder(now.minus(kept)))).replaceWithVoid();
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
