package io.gatehouse.access.accounts;

/**
 * A service account with its secret, which is shown only now.
 *
 * @param secret null for one with keys
 */
public record IssuedServiceAccount(ServiceAccount account, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
        return account.toString();
    }
}
