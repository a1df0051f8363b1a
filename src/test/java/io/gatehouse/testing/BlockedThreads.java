package io.gatehouse.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.quarkus.test.junit.callback.QuarkusTestAfterEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;

/** Fails a test during which an event loop was blocked for longer than the check allows. */
public class BlockedThreads implements QuarkusTestBeforeEachCallback, QuarkusTestAfterEachCallback {

    private static final String CHECKER = "io.vertx.core.impl.BlockedThreadChecker";

    /** Strongly held, for loggers are not. */
    private static Logger logger;
    private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        if (logger == null) {
            logger = Logger.getLogger(CHECKER);
            logger.addHandler(new Recorder());
        }
        REPORTS.clear();
    }

    @Override
    public void afterEach(QuarkusTestMethodContext context) {
        if (!REPORTS.isEmpty()) {
            throw new AssertionError("An event loop was blocked: " + REPORTS.poll());
        }
    }

    private static final class Recorder extends Handler {

        @Override
        public void publish(LogRecord report) {
            String message = String.valueOf(report.getMessage());
            if (message.contains("vert.x-eventloop-thread")
                    || report.getParameters() != null && report.getParameters().length > 0
                            && String.valueOf(report.getParameters()[0]).contains("vert.x-eventloop-thread")) {
                REPORTS.add(message);
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    }
}
