package io.gatehouse.access.sso;

import io.gatehouse.access.tokens.TokenDigest;

/**
 * One way of a browser to the provider and back. What the provider must know, and what it must not, follows from the state
 * and a key that only the browser has.
 */
record Journey(String state, String key) {

    static Journey begin(String key) {
        return new Journey(TokenDigest.random(), key);
    }

    /** By which we know it again. */
    String digest() {
        return derived("journey");
    }

    String nonce() {
        return derived("nonce");
    }

    /** Of PKCE (RFC 7636). */
    String verifier() {
        return derived("verifier");
    }

    private String derived(String purpose) {
        return TokenDigest.of(purpose + '.' + key + '.' + state);
    }
}
