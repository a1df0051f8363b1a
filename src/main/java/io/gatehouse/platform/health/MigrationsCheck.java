package io.gatehouse.platform.health;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Ready once the schema has every migration that this build brings. Asks the database until it was so once. */
@Readiness
@Startup
@ApplicationScoped
class MigrationsCheck implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(MigrationsCheck.class);

    private final Flyway flyway;
    private volatile boolean migrated;

    @Inject
    MigrationsCheck(Flyway flyway) {
        this.flyway = flyway;
    }

    @Override
    public HealthCheckResponse call() {
        migrated = migrated || isMigrated();
        return HealthCheckResponse.named("Database migrations").status(migrated).build();
    }

    private boolean isMigrated() {
        try {
            return flyway.info().pending().length == 0;
        } catch (FlywayException e) {
            LOG.debug("The schema's version can't be read", e);
            return false;
        }
    }
}
