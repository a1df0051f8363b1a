package io.gatehouse.policies;

import java.time.Duration;

import io.gatehouse.plan.CallLimit;

/**
 * How one limit of a server stands.
 *
 * @param of the tool or the caller whose calls it counts; null for all of the server's
 * @param left of its capacity; none also where it was lowered below what is used
 * @param reset until the window ends; null for calls under way
 */
public record Count(CallLimit limit, String of, long left, Duration reset) {
}
