package io.gatehouse.engine.proxied;

import java.util.List;
import java.util.Map;

import io.vertx.core.buffer.Buffer;

/**
 * One HTTP request to an upstream, but for the credential.
 *
 * @param headers in order; all that is sent
 * @param body null for none
 * @param isStream whether the answer is open for as long as the agent listens, and may be silent
 */
public record UpstreamRequest(String method, List<Map.Entry<String, String>> headers, Buffer body, boolean isStream) {
}
