package io.gatehouse;

import org.jboss.logging.Logger;

import io.gatehouse.access.Workspaces;
import io.gatehouse.platform.Role;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Founds the workspace of a new deployment before the first request is served. */
@Singleton
class FirstStart {

    private static final Logger LOG = Logger.getLogger(FirstStart.class);

    private final Workspaces workspaces;
    private final Role role;

    @Inject
    FirstStart(Workspaces workspaces, Role role) {
        this.workspaces = workspaces;
        this.role = role;
    }

    void start(@Observes StartupEvent start) {
        if (!role.servesControl()) {
            return;
        }
        try {
            if (VertxContextSupport.subscribeAndAwait(workspaces::found)) {
                LOG.info("Founded the workspace of this deployment. The command admin-token prints a token for it.");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("The workspace of this deployment could not be founded", e);
        }
    }
}
