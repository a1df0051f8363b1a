package io.gatehouse.access.tokens;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes tokens and their digests. A token has 256 random bits, so a plain digest is enough to hide it. */
public final class TokenDigest {

    /** Lets people and secret scanners recognise an MCP token. */
    private static final String PREFIX = "gmt_";
    private static final int RANDOM_BYTES = 32;

    private TokenDigest() {
    }

    static String newToken() {
        return PREFIX + random();
    }

    /** What nobody guesses, in characters that are safe in URLs and cookies. */
    public static String random() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Whether two secrets, or their digests, are the same, in a time that tells nothing of where they differ. */
    public static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Lower-case hex SHA-256 of the token. */
    public static String of(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
