package io.gatehouse.access.oauth;

import java.net.URI;
import java.util.List;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;

import io.gatehouse.access.oauth.documents.ClientDocuments;

/**
 * An application that people may let use MCP servers.
 *
 * @param id random, or the https URL of the document that describes it
 * @param authentication how it shows at the token endpoint that it is itself
 * @param secretDigest null where there is no secret
 */
record OAuthClient(String id, String name, List<String> redirectUris, ClientAuthenticationMethod authentication,
        String secretDigest) {

    /** Of the document that describes it; null for one that registered, whose name is all that it says of itself. */
    String host() {
        return ClientDocuments.isNamed(id) ? URI.create(id).getHost() : null;
    }

    /** Whether it is known by a document and still by nobody's site: any program could be what it says. */
    boolean isOnlyLocal() {
        return host() != null && redirectUris.stream().map(URI::create).allMatch(RedirectUris::isLoopback);
    }

    boolean isConfidential() {
        return secretDigest != null;
    }

    /** Where an answer may go that is asked to go there; a native application may listen on any port (RFC 8252, 7.3). */
    boolean mayBeSentTo(String redirectUri) {
        return redirectUris.contains(redirectUri)
                || redirectUris.stream().anyMatch(registered -> RedirectUris.differInPortOnly(registered, redirectUri));
    }
}
