package io.gatehouse.upstreams;

/**
 * How many tools an upstream has.
 *
 * @param changes how many are not as they were approved, gone ones included
 */
public record ToolCount(long upstreamId, long present, long changes) {
}
