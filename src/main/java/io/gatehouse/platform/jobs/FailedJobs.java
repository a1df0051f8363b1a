package io.gatehouse.platform.jobs;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;

import org.jboss.logging.Logger;

import io.quarkus.scheduler.FailedExecution;
import io.vertx.core.VertxException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Tells of jobs that failed, in place of the scheduler, which shows a stack trace each time that the database is away. All of
 * them are tried again when their time comes.
 */
@Singleton
class FailedJobs {

    private static final Logger LOG = Logger.getLogger(FailedJobs.class);

    void tell(@Observes FailedExecution failed) {
        String job = failed.getExecution().getTrigger().getMethodDescription();
        Throwable cause = root(failed.getException());
        if (isOfTheDatabase(cause)) {
            LOG.warnf("%s is put off until its next time: %s", job, cause);
        } else {
            LOG.errorf(failed.getException(), "%s failed", job);
        }
    }

    private static boolean isOfTheDatabase(Throwable cause) {
        return cause instanceof IOException || cause instanceof SQLException || cause instanceof VertxException
                || cause instanceof TimeoutException;
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null || failure.getCause() == failure ? failure : root(failure.getCause());
    }
}
