package io.gatehouse.platform.outbound;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.vertx.core.buffer.Buffer;

/**
 * One request to the outside.
 *
 * @param headers in order, names as they are sent
 * @param sensitive lower-case names of the headers that must not follow a redirect to another origin
 * @param body null for none
 */
public record OutboundRequest(String method, URI uri, List<Map.Entry<String, String>> headers, List<String> sensitive,
        Buffer body) {
}
