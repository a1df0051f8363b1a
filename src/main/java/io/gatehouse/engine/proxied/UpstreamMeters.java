package io.gatehouse.engine.proxied;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Measures requests to upstreams up to the head of the answer. The first hundred upstreams that this replica calls have a
 * label of their own, and all later ones share one.
 */
final class UpstreamMeters {

    private static final int MOST_LABELS = 100;
    private static final String OTHERS = "other";

    private final MeterRegistry registry;
    private final Map<Long, Meters> known = new ConcurrentHashMap<>();
    private final Meters others;

    UpstreamMeters(MeterRegistry registry) {
        this.registry = registry;
        this.others = new Meters(OTHERS);
    }

    Meters of(long upstream) {
        Meters meters = known.get(upstream);
        return meters != null ? meters
                : known.size() >= MOST_LABELS ? others
                        : known.computeIfAbsent(upstream, id -> new Meters(Long.toString(id)));
    }

    /** Of one upstream. */
    final class Meters {

        private final Timer answered;
        private final Timer failed;

        private Meters(String label) {
            answered = timer(label, "answered");
            failed = timer(label, "failed");
        }

        private Timer timer(String label, String outcome) {
            return Timer.builder("gatehouse.upstream.requests").description("Requests to third-party MCP servers")
                    .tag("upstream", label).tag("outcome", outcome).register(registry);
        }

        void count(boolean isAnswered, long nanos) {
            (isAnswered ? answered : failed).record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
