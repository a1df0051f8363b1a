package io.gatehouse.access.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import io.gatehouse.access.tokens.TokenDigest;

/** What the authorization server hands out that is random: kept as digests only. */
final class Secrets {

    static final String CLIENT_SECRET = "gms_";
    static final String CODE = "gmc_";
    static final String REFRESH_TOKEN = "gmr_";

    private Secrets() {
    }

    /** @param prefix says what it is, to people and secret scanners */
    static String create(String prefix) {
        return prefix + TokenDigest.random();
    }

    static String digest(String secret) {
        return TokenDigest.of(secret);
    }

    /** In a time that tells nothing of where they differ. */
    static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
