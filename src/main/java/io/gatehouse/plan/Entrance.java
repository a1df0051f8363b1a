package io.gatehouse.plan;

import java.util.List;
import java.util.Set;

/**
 * Who is let in to a server; each way that is there is open, and nobody comes in by another.
 *
 * @param tokens the MCP tokens that open it
 * @param groups of whom anybody whom Gatehouse's identity knows is let in; null where identity does not open it
 * @param issuer outside, whose tokens open it; null for none
 */
public record Entrance(List<AccessToken> tokens, Set<Long> groups, Issuer issuer) {

    /** Whether clients come in by OAuth, so that it is worth telling them how. */
    public boolean isByOAuth() {
        return groups != null || issuer != null;
    }

    /**
     * An authorization server outside.
     *
     * @param scopes all of which a token must carry
     * @param clientId for the introspection of opaque tokens (RFC 7662), or null where they are refused
     */
    public record Issuer(String url, String audience, List<String> scopes, String clientId, String clientSecret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return url;
        }
    }
}
