package io.gatehouse.connections;

/**
 * All that is needed to get access tokens for one connection.
 *
 * @param version of the connection's row
 */
record ClientLogin(long connectionId, int version, String name, ClientGrant grant, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "login of connection " + connectionId;
    }
}
