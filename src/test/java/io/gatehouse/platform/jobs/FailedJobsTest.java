package io.gatehouse.platform.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.logging.LogRecord;

import org.junit.jupiter.api.Test;

import io.gatehouse.testing.Told;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.Trigger;

/** What an operator reads of jobs that failed. // P-21 */
class FailedJobsTest {

    /** Answers with the name of the job, or what leads there. */
    @SuppressWarnings("unchecked")
    private static <T> T answering(Class<T> type, Object answer) {
        return (T) Proxy.newProxyInstance(FailedJobsTest.class.getClassLoader(), new Class<?>[] { type },
                (proxy, method, arguments) -> answer);
    }

    private LogRecord told(Throwable failure) {
        Trigger trigger = answering(Trigger.class, "Rooms#clean");
        try (Told told = new Told(FailedJobs.class)) {
            new FailedJobs().tell(new FailedExecution(answering(ScheduledExecution.class, trigger), failure));
            assertEquals(1, told.records().size());
            return told.records().get(0);
        }
    }

    @Test
    void aDatabaseThatIsAwayIsOneLine() {
        LogRecord told = told(new CompletionException(new ConnectException("Connection refused")));

        assertEquals("WARN", told.getLevel().getName());
        assertNull(told.getThrown());
    }

    @Test
    void anythingElseIsShownWhole() {
        LogRecord told = told(new IllegalStateException("a fault of ours"));

        assertEquals("ERROR", told.getLevel().getName());
        assertNotNull(told.getThrown());
    }
}
