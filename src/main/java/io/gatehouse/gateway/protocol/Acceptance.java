package io.gatehouse.gateway.protocol;

import java.util.Set;

import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.stream.Events;
import io.gatehouse.plan.MediaTypes;

/** Whether a client takes streams of events, by its header {@code Accept}. */
public final class Acceptance {

    private static final Set<String> EVENTS = Set.of(Events.TYPE);
    private static final Set<String> RANGES = Set.of(Events.TYPE, "text/*", "*/*");

    private Acceptance() {
    }

    /** Whether it names them, and so takes one in place of a single answer. */
    public static boolean listsEvents(Turn turn) {
        return lists(turn, EVENTS);
    }

    /** @throws Fault where there is no other answer than a stream, and the client does not take one */
    public static void requireEvents(Turn turn) {
        if (!lists(turn, RANGES)) {
            throw Fault.notAcceptable(Events.TYPE);
        }
    }

    private static boolean lists(Turn turn, Set<String> ranges) {
        for (String line : turn.known().located().arrival().headers().getAll("Accept")) {
            for (String accepted : line.split(",")) {
                if (ranges.contains(MediaTypes.essence(accepted))) {
                    return true;
                }
            }
        }
        return false;
    }
}
