package io.gatehouse.access.issuers;

import java.net.URI;

/**
 * Where a provider of OpenID Connect is asked, by its own metadata.
 *
 * @param authorization null, like each of the others, where the provider has none
 * @param namesItself whether it says in its answers whose they are (RFC 9207)
 * @param takesSecretsInBodies whether the token endpoint takes a client's secret in the form only
 */
public record OpenIdProvider(URI authorization, URI token, URI userInfo, URI endSession, boolean namesItself,
        boolean takesSecretsInBodies) {
}
