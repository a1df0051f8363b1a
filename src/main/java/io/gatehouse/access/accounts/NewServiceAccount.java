package io.gatehouse.access.accounts;

import java.util.Map;

/**
 * A service account as it is to be; in a change, null leaves a thing as it is.
 *
 * @param jwks the public keys (RFC 7517) of one that has no secret
 */
public record NewServiceAccount(String name, Map<String, Object> jwks) {
}
