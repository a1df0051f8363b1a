package io.gatehouse.platform.telemetry;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

import com.github.benmanes.caffeine.cache.Cache;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;

/** Metrics of parts that are made by other parts, where no registry is at hand. They end with what they tell of. */
public final class Meters {

    private Meters() {
    }

    /** @param name of one of few */
    public static void cache(String name, Cache<?, ?> cache) {
        Gauge.builder("gatehouse.cache.entries", cache, Cache::estimatedSize).description("Kept in memory")
                .tag("cache", name).register(Metrics.globalRegistry);
    }

    /** What was not kept, and had to be loaded. */
    public static void loads(String name, LongAdder loads) {
        FunctionCounter.builder("gatehouse.cache.loads", loads, LongAdder::sum)
                .description("Loads of what was not kept in memory").tag("cache", name).register(Metrics.globalRegistry);
    }

    public static <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).description(description).register(Metrics.globalRegistry);
    }

    public static void counter(String name, String description, LongAdder count) {
        FunctionCounter.builder(name, count, LongAdder::sum).description(description).register(Metrics.globalRegistry);
    }
}
