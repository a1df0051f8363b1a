package io.gatehouse.platform.outbound;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.gatehouse.platform.telemetry.Meters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The deadlines of what is under way. Every call sets one and hardly any is met, so there is no timer for each: all are
 * looked through now and then, and what is overdue ends a little late.
 */
final class Deadlines {

    private static final long LOOK_MILLIS = 100;

    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private final Vertx vertx;
    private final long timer;

    Deadlines(Vertx vertx) {
        this.vertx = vertx;
        Meters.gauge("gatehouse.outbound.requests", "Requests to the outside whose answer, or its head, is not here", open,
                Set::size);
        this.timer = vertx.setPeriodic(LOOK_MILLIS, id -> look());
    }

    /** @param end is run on the caller's event loop, unless the deadline is lifted before */
    Deadline set(Duration timeout, Runnable end) {
        Deadline deadline = new Deadline(System.nanoTime() + timeout.toNanos(), vertx.getOrCreateContext(), end);
        open.add(deadline);
        return deadline;
    }

    private void look() {
        long now = System.nanoTime();
        for (Deadline deadline : open) {
            if (now - deadline.at >= 0) {
                deadline.context.runOnContext(here -> deadline.meet());
            }
        }
    }

    void close() {
        vertx.cancelTimer(timer);
    }

    /** One of them. */
    final class Deadline {

        private final long at;
        private final Context context;
        private final Runnable end;

        private Deadline(long at, Context context, Runnable end) {
            this.at = at;
            this.context = context;
            this.end = end;
        }

        void lift() {
            open.remove(this);
        }

        private void meet() {
            if (open.remove(this)) {
                end.run();
            }
        }

        /** Spares the identity's, which the virtual machine must look for. */
        @Override
        public int hashCode() {
            return Long.hashCode(at);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }
}
