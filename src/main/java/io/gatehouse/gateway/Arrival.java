package io.gatehouse.gateway;

import io.vertx.core.MultiMap;

/**
 * A request as it came in.
 *
 * @param peer the address that the connection comes from
 * @param host that it is for, without a port
 * @param handle the server it is for
 * @param queryToken the token that an {@code mcp_url} carries, or null; never logged
 * @param body still on the wire until it is read
 * @param answerHeaders of whatever will be answered
 * @param observation what the stages learn of the request
 */
public record Arrival(String peer, String host, String handle, String method, MultiMap headers, String queryToken, Body body,
        MultiMap answerHeaders, Observation observation) {

    /** Those that are looked for often are best constants of {@link io.vertx.core.http.HttpHeaders}, which know their hash. */
    public String header(CharSequence name) {
        return headers.get(name);
    }

    /** Without headers and token. */
    @Override
    public String toString() {
        return method + " " + handle;
    }
}
