package io.gatehouse.access.sso;

import java.time.Instant;

/**
 * Where the people of a workspace sign in.
 *
 * @param name for people
 * @param issuer as the provider's metadata and tokens must have it, to the letter
 * @param scopes that are asked for, with spaces between them
 * @param groupsClaim what holds the names of a person's groups
 * @param createUsers whether somebody whom nobody knows becomes a user
 * @param trustEmail whether an address counts as the person's where the provider does not say
 * @param redirectUri what the provider has to know of us, like {@code signedOutUri}
 */
public record IdentityProvider(long id, String name, String issuer, String clientId, boolean hasSecret, String scopes,
        String groupsClaim, boolean createUsers, boolean trustEmail, String redirectUri, String signedOutUri,
        Instant createdAt, Instant updatedAt) {
}
