package io.gatehouse.gateway;

import io.gatehouse.gateway.protocol.Published;

/** An arrival whose server is found. */
public record Located(Arrival arrival, Published server) {
}
