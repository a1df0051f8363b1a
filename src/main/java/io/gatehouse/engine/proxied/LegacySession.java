package io.gatehouse.engine.proxied;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an upstream of the legacy era agreed to.
 *
 * @param id null where the upstream keeps no sessions
 * @param cookie that leads to the node which keeps it, or null
 * @param version of the protocol
 * @param card the whole result of {@code initialize}
 */
record LegacySession(String id, String cookie, String version, JsonNode card) {
}
