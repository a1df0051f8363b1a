package io.gatehouse.platform.web;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Before the replica stops, every answer tells its client to open another connection for what comes next, so that none is
 * in use when the replica is gone.
 */
@Singleton
class Departure {

    private static final int AFTER_REQUEST_ID = 990;

    private volatile boolean near;

    void begin(@Observes ShutdownDelayInitiatedEvent stop) {
        near = true;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, AFTER_REQUEST_ID);
    }

    private void handle(RoutingContext context) {
        if (near && context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader("Connection", "close");
            context.addEndHandler(sent -> context.request().connection().close());
        }
        context.next();
    }
}
