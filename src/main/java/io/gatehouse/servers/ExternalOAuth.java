package io.gatehouse.servers;

import java.util.List;

/**
 * The issuer outside whose access tokens a server takes.
 *
 * @param scopes all of which a token must carry
 * @param useIntrospection whether opaque tokens are asked about at the issuer (RFC 7662)
 * @param clientId for introspection, or null
 * @param hasSecret whether a client secret is kept
 */
public record ExternalOAuth(String issuerUrl, String audience, boolean useIntrospection, List<String> scopes,
        String clientId, boolean hasSecret) {

    /**
     * What a request says of it.
     *
     * @param clientSecret a new one, or null for none
     * @param keepsSecret whether the one that is stored stays
     */
    public record Wish(String issuerUrl, String audience, boolean useIntrospection, List<String> scopes,
            String clientId, String clientSecret, boolean keepsSecret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Wish[" + issuerUrl + "]";
        }
    }
}
