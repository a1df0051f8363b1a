package io.gatehouse.platform;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Spares every step of every pipeline the capture of contexts: what a request needs travels with its Vert.x context, and
 * {@code mp.context.ThreadContext} names nothing to propagate.
 */
@Singleton
class LightPipelines {

    void begin(@Observes StartupEvent start) {
        Infrastructure.clearInterceptors();
    }
}
