package io.gatehouse.access.oauth;

import java.util.Set;

/**
 * What an application asks a person for, as far as it may.
 *
 * @param redirectUri where the answer goes
 * @param redirectUriSent whether the application said so itself, and has to say it again at the token endpoint
 * @param state of the application, which gets it back; or null
 * @param challenge of PKCE, S256
 * @param prompts whether the person is to be asked whatever was agreed before
 */
record Asked(OAuthClient client, String redirectUri, boolean redirectUriSent, String state, String challenge,
        ProtectedResource resource, Set<String> scopes, boolean prompts) implements Question {
}
