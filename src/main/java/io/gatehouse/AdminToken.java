package io.gatehouse;

import io.gatehouse.access.Workspaces;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;

/** Lets an operator who has the deployment's settings into its management API. */
class AdminToken implements QuarkusApplication {

    private final Workspaces workspaces;

    @Inject
    AdminToken(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @Override
    public int run(String... args) throws Exception {
        try {
            System.out.println(VertxContextSupport.subscribeAndAwait(workspaces::createAdministrator));
            return 0;
        } catch (Throwable e) {
            throw new IllegalStateException("No token could be made", e);
        }
    }
}
