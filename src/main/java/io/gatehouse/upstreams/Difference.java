package io.gatehouse.upstreams;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One place at which two definitions differ.
 *
 * @param op as in JSON Patch (RFC 6902): {@code add}, {@code remove} or {@code replace}
 * @param path a JSON Pointer into the definition
 * @param from null where there was nothing
 * @param to null where there is nothing
 */
public record Difference(String op, String path, JsonNode from, JsonNode to) {
}
