package io.gatehouse.connections;

/**
 * What shall be different about a connection; null leaves a thing as it is, an empty base URL takes it away.
 *
 * @param secret needed where the scheme changes its kind
 */
public record ConnectionChange(String name, Scheme scheme, String secret, String baseUrl) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "connection " + name;
    }
}
