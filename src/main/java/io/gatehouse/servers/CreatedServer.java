package io.gatehouse.servers;

/**
 * A server just made.
 *
 * @param token in the clear, for the only time; null unless the server's method is TOKEN
 */
public record CreatedServer(Server server, String token) {

    /** Without the secret. */
    @Override
    public String toString() {
        return server.toString();
    }
}
