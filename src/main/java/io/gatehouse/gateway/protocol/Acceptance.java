package io.gatehouse.gateway.protocol;

import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.stream.Events;
import io.gatehouse.plan.MediaTypes;

/** Whether a client takes streams of events, by its header {@code Accept}. */
public final class Acceptance {

    private Acceptance() {
    }

    /**
     * @throws Fault where there is no other answer than a stream, and the client does not list them: who takes anything, such
     *         as a browser, would wait for ever
     */
    public static void requireEvents(Turn turn) {
        if (!listsEvents(turn)) {
            throw Fault.notAcceptable(Events.TYPE);
        }
    }

    /** Whether it names them, and so takes one in place of a single answer. */
    public static boolean listsEvents(Turn turn) {
        for (String line : turn.known().located().arrival().headers().getAll("Accept")) {
            for (String accepted : line.split(",")) {
                if (MediaTypes.essence(accepted).equals(Events.TYPE)) {
                    return true;
                }
            }
        }
        return false;
    }
}
