package io.gatehouse.upstreams;

/** How an upstream was when somebody looked last. */
public enum State {
    HEALTHY,
    UNREACHABLE,
    /** It does not take the credential. */
    REFUSED,
    /** What answers is no MCP server. */
    INVALID
}
