package io.gatehouse.connections;

import java.net.URI;

/**
 * How Gatehouse gets access tokens in its own name: the client credentials grant (RFC 6749, section 4.4).
 *
 * @param scope words with spaces between them, or null for what the token endpoint gives by itself
 * @param resource the back end that the tokens are for (RFC 8707), or null
 * @param audience the same for token endpoints that know no resources, or null
 */
public record ClientGrant(URI tokenUrl, String clientId, String scope, URI resource, String audience,
        Authentication authentication) {

    /** How the client secret is shown to the token endpoint (RFC 6749, section 2.3.1). */
    public enum Authentication {
        CLIENT_SECRET_BASIC,
        CLIENT_SECRET_POST
    }
}
