package io.gatehouse.access.signin;

import java.time.Instant;

/**
 * The person whose browser it is.
 *
 * @param at when the person showed who they are
 * @param federated whether the organisation's provider vouched for them, and no password did
 * @param secondFactor whether the person's password needs a code beside it
 */
public record SignedIn(long userId, String name, String email, Instant at, boolean federated, boolean secondFactor) {
}
