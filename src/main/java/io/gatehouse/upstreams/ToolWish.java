package io.gatehouse.upstreams;

/**
 * What a request changes of a recorded tool; null leaves as it is.
 *
 * @param name as agents should call it; empty for the upstream's
 * @param description in place of the upstream's; empty for the upstream's
 */
public record ToolWish(String name, String description, Boolean enabled) {
}
