package io.gatehouse.platform.limits;

import java.util.List;

import io.smallrye.mutiny.Uni;

/**
 * Counts calls for all replicas together. Over any number of replicas, never one call more is admitted in a window than its
 * limit says, and what is lost of a window to replicas that hold calls in advance is below one percent of the limit.
 */
public interface Counters {

    /**
     * Counts one call against all of the limits, or against none where one of them has nothing left. Fails with UNAVAILABLE
     * while counting is impossible.
     */
    Uni<Verdict> admit(List<Limit> limits);

    /** The same without a wait: null where memory can't tell, and then nothing is counted. */
    Verdict admitFromMemory(List<Limit> limits);

    /** What all replicas have left, in the order of the limits; nothing is counted. Fails with UNAVAILABLE. */
    Uni<List<Standing>> standings(List<Limit> limits);
}
