package io.gatehouse.access.issuers;

import java.util.List;

/**
 * The trust of one MCP server in one issuer outside.
 *
 * @param issuer as its metadata and its tokens must have it, to the letter
 * @param audience what a token must be meant for
 * @param scopes of which a token must carry all
 * @param introspection how the issuer is asked about tokens that are no JWTs, or null where those are refused
 */
public record TrustedIssuer(String issuer, String audience, List<String> scopes, Introspection introspection) {

    public TrustedIssuer {
        scopes = List.copyOf(scopes);
    }

    /** The client that Gatehouse is at the issuer. */
    public record Introspection(String clientId, String clientSecret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "introspection as " + clientId;
        }
    }
}
