package io.gatehouse.platform.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Refuses a request that does not say which host it is for (RFC 9112, section 3.2), before anything makes a URL of it. */
@Singleton
class HostCheck {

    private static final int AFTER_REQUEST_ID = 950;

    void register(@Observes Filters filters) {
        filters.register(HostCheck::check, AFTER_REQUEST_ID);
    }

    private static void check(RoutingContext context) {
        if (context.request().authority() == null) {
            context.response().setStatusCode(400).end();
        } else {
            context.next();
        }
    }
}
