package io.gatehouse.upstreams;

/**
 * What is recorded of a tool, without its long texts.
 *
 * @param name as agents call it
 * @param observedDigest null when it is gone
 */
public record KnownTool(long id, String upstreamName, String name, ToolStatus status, String observedDigest) {
}
