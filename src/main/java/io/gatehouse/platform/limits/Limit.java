package io.gatehouse.platform.limits;

/**
 * How many calls there may be in each window.
 *
 * @param key whose calls count together, without the window
 * @param capacity 1 at least
 */
public record Limit(String key, Window window, long capacity) {
}
