package io.gatehouse.platform.limits;

import java.time.Duration;
import java.util.List;

import io.vertx.core.Future;

/**
 * What all replicas count with. Each method is one round trip for all that is asked, answered in its order. Who asks for
 * several keys sorts them, so that replicas do not wait for each other in a circle. A question whose answer is lost may have
 * been heard, or may be heard later.
 */
interface Engine {

    /**
     * What a replica asks of one counter.
     *
     * @param wanted for calls that wait
     * @param more in advance
     * @param settled how many of those that were granted in advance are spent, or given back, by now
     * @param returned calls that were counted and did not take place
     * @param since the window that the last two belong to; they are void in any other
     */
    record Demand(String key, Window window, long capacity, long wanted, long more, long settled, long returned,
            long since) {

        static Demand none(Limit limit) {
            return new Demand(limit.key(), limit.window(), limit.capacity(), 0, 0, 0, 0, 0);
        }
    }

    /**
     * What it gets.
     *
     * @param left that nobody has, now; negative when the limit was higher once
     * @param since when the window began, in seconds
     * @param nanos until it ends, at some time after the question was sent
     */
    record Grant(long granted, long reserved, long left, long since, long nanos) {
    }

    /**
     * How many places a replica wants under one key: those that it has, and more or less.
     */
    record Claim(String key, long capacity, long places) {
    }

    /**
     * @param granted what the replica has from now on
     * @param taken what all replicas have
     */
    record Share(long granted, long taken) {
    }

    /** Of a limit, all replicas together hold no more than this in advance, dead ones included. */
    static long mostAhead(long capacity) {
        return capacity / 125;
    }

    Future<List<Grant>> count(List<Demand> demands);

    /** Counts nothing. */
    Future<List<Grant>> look(List<Limit> limits);

    /** The places are this engine's for as long as they are held, from when the question was sent. */
    Future<List<Share>> hold(List<Claim> claims);

    /** How many places all replicas have under each key; claims nothing. */
    Future<List<Long>> taken(List<PlaceLimit> limits);

    /** For how long places are held that are not claimed again. */
    Duration placesFor();

    /** Gives up what is under way; what is asked next finds a new connection. */
    void drop();
}
