package io.gatehouse.access.people;

import java.time.Instant;

/**
 * What lets a person set a password, once.
 *
 * @param url opens the page for it; a secret
 */
public record Invitation(String url, Instant expiresAt) {
}
