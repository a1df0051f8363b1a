package io.gatehouse.access.oauth;

import java.util.List;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;

/**
 * An application that people may let use MCP servers.
 *
 * @param id random, or the https URL of the document that describes it
 * @param authentication how it shows at the token endpoint that it is itself
 * @param secretDigest null where there is no secret
 */
record OAuthClient(String id, String name, List<String> redirectUris, ClientAuthenticationMethod authentication,
        String secretDigest) {

    boolean isConfidential() {
        return secretDigest != null;
    }

    /** Where an answer may go that is asked to go there; a native application may listen on any port (RFC 8252, 7.3). */
    boolean mayBeSentTo(String redirectUri) {
        return redirectUris.contains(redirectUri)
                || redirectUris.stream().anyMatch(registered -> RedirectUris.differInPortOnly(registered, redirectUri));
    }
}
