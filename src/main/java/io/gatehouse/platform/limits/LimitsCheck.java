package io.gatehouse.platform.limits;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Shows whether calls can be counted. A replica is ready without: what calls do meanwhile is each server's policy. */
@Readiness
@ApplicationScoped
class LimitsCheck implements HealthCheck {

    private final Engines engines;
    private final LeasedCounters counters;

    @Inject
    LimitsCheck(Engines engines, LeasedCounters counters) {
        this.engines = engines;
        this.counters = counters;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Limits").up().withData("engine", engines.name())
                .withData("reached", counters.isReached()).build();
    }
}
