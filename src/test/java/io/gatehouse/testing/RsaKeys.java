package io.gatehouse.testing;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** Pairs of RSA keys under ids of their own. Few are made, for that takes seconds. */
public final class RsaKeys {

    private static final PublicJsonWebKey OURS = generate();
    private static final List<PublicJsonWebKey> OTHERS = List.of(generate(), generate());
    private static final AtomicInteger TURN = new AtomicInteger();

    private RsaKeys() {
    }

    /** Always the same one. */
    public static PublicJsonWebKey ours() {
        return copy(OURS);
    }

    /** Neither ours nor the one that was given out before. */
    public static PublicJsonWebKey another() {
        return copy(OTHERS.get(TURN.getAndIncrement() % OTHERS.size()));
    }

    private static PublicJsonWebKey generate() {
        try {
            return RsaJwkGenerator.generateJwk(2048);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicJsonWebKey copy(PublicJsonWebKey key) {
        try {
            PublicJsonWebKey copy = PublicJsonWebKey.Factory.newPublicJwk(key.toParams(OutputControlLevel.INCLUDE_PRIVATE));
            copy.setKeyId(UUID.randomUUID().toString());
            return copy;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
