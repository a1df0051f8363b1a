package io.gatehouse.platform.web;

import io.gatehouse.platform.Role;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Hides the management API in a process that only serves the gateway; JAX-RS routes are fixed when it is built. */
@Singleton
class RoleFilter {

    private static final int AFTER_REQUEST_ID = 900;

    private final Role role;

    @Inject
    RoleFilter(Role role) {
        this.role = role;
    }

    void register(@Observes Filters filters) {
        if (!role.servesControl()) {
            filters.register(RoleFilter::hide, AFTER_REQUEST_ID);
        }
    }

    private static void hide(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.startsWith("/api/") || path.startsWith("/v1/")) {
            context.response().setStatusCode(404).end();
        } else {
            context.next();
        }
    }
}
