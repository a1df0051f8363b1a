package io.gatehouse.upstreams;

/** What becomes of tools that an upstream changes or adds. */
public enum ChangePolicy {
    /** Agents get them at once. */
    SERVE,
    /** Agents get them when somebody has approved them. */
    WITHHOLD;

    /** @param looksLike another tool's name that the tool may be taken for, where nobody has approved that; or null */
    boolean serves(ToolStatus status, String looksLike) {
        return this == SERVE ? looksLike == null : status.isApproved();
    }
}
