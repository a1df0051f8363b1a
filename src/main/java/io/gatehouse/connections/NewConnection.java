package io.gatehouse.connections;

/**
 * @param secret the API key, the bearer token, {@code username:password} for basic, or the client secret; null for none
 * @param baseUrl null to use the one of the API's document
 */
public record NewConnection(long projectId, String name, Scheme scheme, String secret, String baseUrl) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "connection " + name;
    }
}
