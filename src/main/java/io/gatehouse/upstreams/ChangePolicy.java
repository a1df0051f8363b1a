package io.gatehouse.upstreams;

/** What becomes of tools that an upstream changes or adds. */
public enum ChangePolicy {
    /** Agents get them at once. */
    SERVE,
    /** Agents get them when somebody has approved them. */
    WITHHOLD
}
