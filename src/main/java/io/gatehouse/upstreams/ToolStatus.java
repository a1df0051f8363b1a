package io.gatehouse.upstreams;

/** How a tool is now, beside what was approved. */
public enum ToolStatus {
    CURRENT,
    /** Never approved. */
    NEW,
    CHANGED,
    /** The upstream does not list it any more. */
    GONE;

    /** Whether it is as it was approved; what is gone may come back as it was. */
    boolean isApproved() {
        return this == CURRENT || this == GONE;
    }
}
