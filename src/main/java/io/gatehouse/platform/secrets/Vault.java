package io.gatehouse.platform.secrets;

import java.security.SecureRandom;
import java.util.Base64;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.keys.AesKey;
import org.jose4j.lang.JoseException;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Encrypts what is secret before it reaches the database: JWE in compact form, {@code dir} with AES-256-GCM, under the
 * master key. Every value is bound to its purpose, so that a ciphertext moved to another column or row does not open.
 */
@Singleton
public class Vault {

    private static final int KEY_BYTES = 32;
    private static final String PURPOSE = "purpose";

    private final AesKey masterKey;

    /** @param masterKey 32 random bytes in Base64 */
    @Inject
    public Vault(@ConfigProperty(name = "gatehouse.master-key") String masterKey) {
        this.masterKey = new AesKey(decode(masterKey));
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
            jwe.setHeader(PURPOSE, purpose);
            jwe.setKey(masterKey);
            jwe.setPayload(secret);
            return jwe.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("Could not encrypt " + purpose, e);
        }
    }

    /** @throws IllegalStateException when the value was sealed with another key or for another purpose */
    public String open(String purpose, String sealed) {
        try {
            JsonWebEncryption jwe = new JsonWebEncryption();
            jwe.setAlgorithmConstraints(
                    new AlgorithmConstraints(ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.DIRECT));
            jwe.setContentEncryptionAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT,
                    ContentEncryptionAlgorithmIdentifiers.AES_256_GCM));
            jwe.setKey(masterKey);
            jwe.setCompactSerialization(sealed);
            String secret = jwe.getPayload();
            if (!purpose.equals(jwe.getHeader(PURPOSE))) {
                throw new IllegalStateException("A secret of another purpose than " + purpose);
            }
            return secret;
        } catch (JoseException e) {
            throw new IllegalStateException("Could not decrypt " + purpose + "; is the master key the right one?", e);
        }
    }
}
