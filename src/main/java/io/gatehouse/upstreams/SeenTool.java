package io.gatehouse.upstreams;

/**
 * A tool as the upstream lists it.
 *
 * @param digest {@link io.gatehouse.plan.ToolDigest} of its definition
 * @param definition JSON
 */
record SeenTool(String name, String digest, String definition) {
}
