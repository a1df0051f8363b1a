package io.gatehouse.gateway.stream;

import java.time.Duration;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** How long streams may be silent, and last. */
@Singleton
public class StreamSettings {

    private final Duration keepAlive;
    private final Duration longest;

    @Inject
    StreamSettings(@ConfigProperty(name = "gatehouse.gateway.keep-alive", defaultValue = "15s") Duration keepAlive,
            @ConfigProperty(name = "gatehouse.gateway.max-stream-duration", defaultValue = "1h") Duration longest) {
        this.keepAlive = keepAlive;
        this.longest = longest;
    }

    /** After so much silence a comment is written, and a stream begun for an answer that is not there yet. */
    public Duration keepAlive() {
        return keepAlive;
    }

    /** After so long a stream is ended from this side; its client opens another. */
    Duration longest() {
        return longest;
    }
}
