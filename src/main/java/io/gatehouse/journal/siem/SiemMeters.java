package io.gatehouse.journal.siem;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.gatehouse.journal.siem.Cursors.Standing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What this replica delivers, and how late those destinations are that it holds. */
@Singleton
class SiemMeters {

    private static final String DESTINATION = "destination";

    private final MeterRegistry registry;
    private final Map<Long, Standing> lags = new ConcurrentHashMap<>();
    private final Map<Long, Gauge> gauges = new ConcurrentHashMap<>();

    @Inject
    SiemMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(long destination, Settlement settlement) {
        count("gatehouse.siem.delivered", destination, settlement.taken().size());
        count("gatehouse.siem.retried", destination, settlement.retried());
        count("gatehouse.siem.dead", destination, settlement.refused().size());
    }

    private void count(String name, long destination, int events) {
        registry.counter(name, DESTINATION, Long.toString(destination)).increment(events);
    }

    /** Of those that are held here; what another holds is told there. */
    void tell(List<Standing> standings) {
        Map<Long, Standing> held = new ConcurrentHashMap<>();
        standings.forEach(standing -> held.put(standing.destination(), standing));
        lags.putAll(held);
        lags.keySet().retainAll(held.keySet());
        held.keySet().forEach(id -> gauges.computeIfAbsent(id, this::gauge));
        gauges.entrySet().removeIf(gauge -> !held.containsKey(gauge.getKey()) && registry.remove(gauge.getValue()) != null);
    }

    private Gauge gauge(long destination) {
        return Gauge.builder("gatehouse.siem.lag", lags, all -> all.containsKey(destination) ? all.get(destination).lag() : 0)
                .tag(DESTINATION, Long.toString(destination)).baseUnit("seconds").register(registry);
    }
}
