package io.gatehouse.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * A request as it came in.
 *
 * @param handle the server it is for
 * @param queryToken the token that an {@code mcp_url} carries, or null; never logged
 * @param body empty where there is none
 * @param observation what the stages learn of the request
 */
public record Arrival(String handle, String method, MultiMap headers, String queryToken, Buffer body,
        Observation observation) {

    public String header(String name) {
        return headers.get(name);
    }
}
