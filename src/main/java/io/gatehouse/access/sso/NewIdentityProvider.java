package io.gatehouse.access.sso;

/**
 * A provider as it is to be; null for what is usual, and in a change for what stays as it is.
 *
 * @param clientSecret an empty one for none
 */
public record NewIdentityProvider(String name, String issuer, String clientId, String clientSecret, String scopes,
        String groupsClaim, Boolean createUsers, Boolean trustEmail) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "identity provider " + issuer;
    }
}
