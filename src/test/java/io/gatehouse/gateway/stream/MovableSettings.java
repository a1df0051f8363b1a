package io.gatehouse.gateway.stream;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Those of the deployment; impatient where a test waits until a stream begins before its answer. */
@Alternative
@Priority(1)
@Singleton
public class MovableSettings extends StreamSettings {

    private static final Duration SHORT = Duration.ofMillis(500);

    private volatile boolean impatient;

    @Inject
    MovableSettings(@ConfigProperty(name = "gatehouse.gateway.keep-alive") Duration keepAlive,
            @ConfigProperty(name = "gatehouse.gateway.max-stream-duration", defaultValue = "1h") Duration longest) {
        super(keepAlive, longest);
    }

    /** What is asked meanwhile is soon answered by a stream. */
    public <T> T impatiently(Callable<T> work) throws Exception {
        impatient = true;
        try {
            return work.call();
        } finally {
            impatient = false;
        }
    }

    @Override
    public Duration keepAlive() {
        return impatient ? SHORT : super.keepAlive();
    }
}
