package io.gatehouse.access.clients;

/** A client with its token, which is shown only now. */
public record IssuedClient(ApiClient client, String token) {

    /** Without the token. */
    @Override
    public String toString() {
        return client.toString();
    }
}
