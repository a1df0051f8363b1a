package io.gatehouse.gateway;

import io.gatehouse.gateway.protocol.Edge;
import io.gatehouse.gateway.protocol.Message;
import io.vertx.core.buffer.Buffer;

/**
 * A message of a known sender, with the edge that speaks its era.
 *
 * @param body the message as it came; empty for GET and DELETE
 */
public record Turn(Known known, Message message, Buffer body, Edge edge) {
}
