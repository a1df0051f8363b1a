package io.gatehouse.platform.limits;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What one desk shows of itself. */
final class DeskMeters {

    private final MeterRegistry registry;
    private final String of;
    private final Timer done;
    private final Timer failed;
    private final Counter unavailable;
    private final Counter refused;

    /** @param of calls or places */
    DeskMeters(MeterRegistry registry, String of) {
        this.registry = registry;
        this.of = of;
        this.done = registry.timer("gatehouse.limits.statements", "of", of, "outcome", "done");
        this.failed = registry.timer("gatehouse.limits.statements", "of", of, "outcome", "failed");
        this.unavailable = registry.counter("gatehouse.limits.unavailable", "of", of);
        this.refused = registry.counter("gatehouse.limits.refused", "of", of);
    }

    void gauge(String what, Supplier<Number> value) {
        Gauge.builder("gatehouse.limits." + what, value).tag("of", of).register(registry);
    }

    void statement(boolean succeeded, long nanos) {
        (succeeded ? done : failed).record(nanos, TimeUnit.NANOSECONDS);
    }

    void unavailable() {
        unavailable.increment();
    }

    void refused() {
        refused.increment();
    }
}
