package io.gatehouse.journal.activity;

/** The values of {@code gatehouse.activity.log}. */
public enum Durability {
    /** A call is answered when its entry is committed: a crash loses none of an answered call. */
    BEFORE_REPLY,
    /** A call is answered at once; its entry is committed shortly after. */
    AFTER_REPLY,
    /** Nothing is recorded. */
    OFF
}
