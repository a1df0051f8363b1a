package io.gatehouse.access.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.gatehouse.access.tokens.TokenDigest;
import io.gatehouse.platform.secrets.Vault;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What a page remembers for its form, sealed: it is good for a while, for what it was meant, and in this browser. */
@Singleton
class Notes {

    private final Vault vault;
    private final Clock clock;

    @Inject
    Notes(Vault vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /** @param formKey of the browser */
    String seal(String purpose, String formKey, Duration lifetime, String text) {
        return vault.seal(bound(purpose, formKey), clock.instant().plus(lifetime) + " " + text);
    }

    /** Null for what is none of these, or no longer. */
    String open(String purpose, String formKey, String note) {
        String opened;
        try {
            opened = vault.open(bound(purpose, formKey), note);
        } catch (IllegalStateException e) {
            return null;
        }
        int end = opened.indexOf(' ');
        return clock.instant().isBefore(Instant.parse(opened.substring(0, end))) ? opened.substring(end + 1) : null;
    }

    private static String bound(String purpose, String formKey) {
        return purpose + ":" + TokenDigest.of(formKey);
    }
}
