package io.gatehouse.platform.limits;

/**
 * How many calls there may be at the same time.
 *
 * @param key whose calls count together
 * @param capacity 1 at least
 */
public record PlaceLimit(String key, long capacity) {
}
