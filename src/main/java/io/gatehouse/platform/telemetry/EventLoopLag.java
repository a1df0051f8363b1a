package io.gatehouse.platform.telemetry;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Measures how long what is to be done at once waits on event loops: whatever keeps one busy keeps all its requests. */
@Singleton
class EventLoopLag {

    private static final long EVERY_MILLIS = 500;

    private final Vertx vertx;
    private final Timer lag;

    @Inject
    EventLoopLag(Vertx vertx, MeterRegistry registry) {
        this.vertx = vertx;
        this.lag = Timer.builder("gatehouse.eventloop.lag").description("Waiting for an event loop")
                .publishPercentileHistogram().register(registry);
    }

    void begin(@Observes StartupEvent start) {
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            look(loop);
        }
    }

    private void look(EventExecutor loop) {
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS);
        loop.schedule(() -> {
            lag.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
            if (!loop.isShuttingDown()) {
                look(loop);
            }
        }, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
}
