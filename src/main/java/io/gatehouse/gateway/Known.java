package io.gatehouse.gateway;

import java.time.Instant;

import io.gatehouse.kernel.Caller;

/**
 * A located arrival whose sender is identified.
 *
 * @param until when the sender's credential expires; null for never
 */
public record Known(Located located, Caller caller, Instant until) {
}
