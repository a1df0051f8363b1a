package io.gatehouse.platform.database;

import java.util.Arrays;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

import io.quarkus.logging.LoggingFilter;

/**
 * Keeps from the log what the timers of Vert.x' connection pool throw once the database is away: somebody waited for a
 * connection, was told that there is none, and is told so again when the time is over. Nothing is wrong then.
 */
@LoggingFilter(name = "late-timers")
public final class LateTimers implements Filter {

    private static final String COMPLETE = "Result is already complete";
    private static final String POOL = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

    @Override
    public boolean isLoggable(LogRecord told) {
        return !(told.getThrown() instanceof IllegalStateException late && COMPLETE.equals(late.getMessage())
                && Arrays.stream(late.getStackTrace()).anyMatch(frame -> frame.getClassName().equals(POOL)));
    }
}
