package io.gatehouse.platform.limits;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Shows whether calls can be counted. A replica that has just started is not ready before they can, for a while; later it is
 * ready without: what calls do meanwhile is each server's policy.
 */
@Readiness
@ApplicationScoped
class LimitsCheck implements HealthCheck {

    private final Engines engines;
    private final LeasedCounters counters;
    private final HeldPlaces places;

    @Inject
    LimitsCheck(Engines engines, LeasedCounters counters, HeldPlaces places) {
        this.engines = engines;
        this.counters = counters;
        this.places = places;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Limits").status(counters.isReady() && places.isReady())
                .withData("engine", engines.name())
                .withData("reached", counters.isReached()).build();
    }
}
