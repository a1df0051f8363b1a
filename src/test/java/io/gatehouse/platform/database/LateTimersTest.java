package io.gatehouse.platform.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.LogRecord;

import org.junit.jupiter.api.Test;

class LateTimersTest {

    private static boolean isShown(String message, String thrower) {
        LogRecord told = new LogRecord(Level.SEVERE, "Uncaught exception received by Vert.x");
        IllegalStateException thrown = new IllegalStateException(message);
        thrown.setStackTrace(new StackTraceElement[] { new StackTraceElement("io.vertx.core.Promise", "fail", null, 1),
                new StackTraceElement(thrower, "lambda$execute$3", null, 216) });
        told.setThrown(thrown);
        return new LateTimers().isLoggable(told);
    }

    @Test
    void keepsTheTimersOfThePoolFromTheLogAndNothingElse() {
        String pool = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";
        assertFalse(isShown("Result is already complete", pool));
        assertTrue(isShown("Result is already complete", "io.gatehouse.gateway.Gateway"));
        assertTrue(isShown("Something else", pool));
        assertTrue(new LateTimers().isLoggable(new LogRecord(Level.INFO, "Result is already complete")));
    }
}
