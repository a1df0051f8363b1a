package io.gatehouse.platform.secrets;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.keys.AesKey;
import org.jose4j.lang.HashUtil;
import org.jose4j.lang.JoseException;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Encrypts what is secret before it reaches the database: JWE in compact form, {@code dir} with AES-256-GCM, under the
 * master key, whose fingerprint is its {@code kid}. Every value is bound to its purpose, so that a ciphertext moved to
 * another column or row does not open. Other keys open what was sealed before the master key was exchanged.
 */
@Singleton
public class Vault {

    private static final int KEY_BYTES = 32;
    private static final int FINGERPRINT_BYTES = 8;
    private static final String PURPOSE = "purpose";

    private final String current;
    private final Map<String, AesKey> keys;

    /**
     * @param masterKey 32 random bytes in Base64
     * @param others keys of the same form that open, but do not seal
     */
    @Inject
    public Vault(@ConfigProperty(name = "gatehouse.master-key") String masterKey,
            @ConfigProperty(name = "gatehouse.other-master-keys") Optional<List<String>> others) {
        this.current = fingerprint(decode(masterKey));
        this.keys = Stream.concat(Stream.of(masterKey), others.stream().flatMap(List::stream)).map(Vault::decode)
                .collect(Collectors.toMap(Vault::fingerprint, AesKey::new, (one, same) -> one, LinkedHashMap::new));
    }

    /** Tells a key without telling anything of it. */
    private static String fingerprint(byte[] key) {
        return HexFormat.of().formatHex(HashUtil.getMessageDigest("SHA-256").digest(key), 0, FINGERPRINT_BYTES);
    }

    /** A new master key, as the configuration takes it. */
    public static String newMasterKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** @throws IllegalArgumentException when the text is not a master key; says what is wrong, not the text */
    public static byte[] decode(String masterKey) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(masterKey.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the master key is not Base64");
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the master key has " + key.length + " bytes instead of " + KEY_BYTES);
        }
        return key;
    }

    /** @param purpose what the secret is and whose, such as {@code connection:12} */
    public String seal(String purpose, String secret) {
        try {
            JsonWebEncryption jwe = new JsonWebEncryption();
            jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
            jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
            jwe.setKeyIdHeaderValue(current);
            jwe.setHeader(PURPOSE, purpose);
            jwe.setKey(keys.get(current));
            jwe.setPayload(secret);
            return jwe.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("Could not encrypt " + purpose, e);
        }
    }

    /** @throws IllegalStateException when the value was sealed with a key that is not here or for another purpose */
    public String open(String purpose, String sealed) {
        try {
            JsonWebEncryption jwe = parse(sealed);
            String secret = jwe.getPayload();
            if (!purpose.equals(jwe.getHeader(PURPOSE))) {
                throw new IllegalStateException("A secret of another purpose than " + purpose);
            }
            return secret;
        } catch (JoseException e) {
            throw new IllegalStateException("Could not decrypt " + purpose + "; is the master key the right one?", e);
        }
    }

    /**
     * The same secret for the same purpose, sealed under the master key; the value itself where it is already.
     *
     * @throws IllegalStateException when none of the keys opens it
     */
    String reseal(String sealed) {
        try {
            JsonWebEncryption jwe = parse(sealed);
            return current.equals(jwe.getKeyIdHeaderValue()) ? sealed : seal(jwe.getHeader(PURPOSE), jwe.getPayload());
        } catch (JoseException e) {
            throw new IllegalStateException("No master key here opens it", e);
        }
    }

    /** With the key that it names; the first values named none. */
    private JsonWebEncryption parse(String sealed) throws JoseException {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.DIRECT));
        jwe.setContentEncryptionAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT,
                ContentEncryptionAlgorithmIdentifiers.AES_256_GCM));
        jwe.setCompactSerialization(sealed);
        jwe.setKey(keys.getOrDefault(jwe.getKeyIdHeaderValue(), keys.get(current)));
        return jwe;
    }
}
