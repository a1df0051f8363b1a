package io.gatehouse.access.oauth;

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
}
