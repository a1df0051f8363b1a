package io.gatehouse.gateway;

import io.gatehouse.gateway.protocol.Edge;
import io.gatehouse.gateway.protocol.Message;

/** A message of a known sender, with the edge that speaks its era. */
public record Turn(Known known, Message message, Edge edge) {
}
