package io.gatehouse.platform.limits;

import java.util.List;

import io.smallrye.mutiny.Uni;

/**
 * Bounds how many calls are under way at the same time, for all replicas together. The places of a replica that died are
 * free again within seconds. So are those of one that could not reach the engine for so long: it admits no new calls
 * then, by its own clock and before others do, but calls that are under way go on. Only while such calls last can there
 * be more of them than the limit says.
 */
public interface Places {

    /**
     * Takes a place under each of the limits, or under none where one of them has no place left. Nobody waits for a place;
     * whoever goes away before the answer has taken none.
     * Fails with UNAVAILABLE while counting is impossible.
     */
    Uni<Place> take(List<PlaceLimit> limits);

    /** How many places all replicas have, in the order of the limits; none is taken. Fails with UNAVAILABLE. */
    Uni<List<Long>> taken(List<PlaceLimit> limits);
}
