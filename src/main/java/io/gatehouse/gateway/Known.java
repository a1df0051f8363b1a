package io.gatehouse.gateway;

import io.gatehouse.kernel.Caller;

/** A located arrival whose sender is identified. */
public record Known(Located located, Caller caller) {
}
