package io.gatehouse.access.people;

import java.util.Set;

/**
 * What the organisation's provider says of a person who has just signed in there.
 *
 * @param providerId as this deployment knows the provider
 * @param issuer and {@code subject}: who it is, for ever
 * @param name null where the provider does not say
 * @param email null where there is none, or none that the provider has made sure of
 * @param groups by their names
 */
public record Profile(long providerId, String issuer, String subject, String name, String email, Set<String> groups) {

    public Profile {
        groups = Set.copyOf(groups);
    }
}
