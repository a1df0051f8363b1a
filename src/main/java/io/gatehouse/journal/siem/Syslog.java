package io.gatehouse.journal.siem;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.gatehouse.platform.Workers;
import io.gatehouse.platform.outbound.TlsDelivery;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/**
 * Syslog messages (RFC 5424) with their lengths before them over TLS (RFC 5425). The protocol has no acknowledgement: a
 * batch counts when the server has answered the end of its connection.
 */
final class Syslog implements Protocol {

    private static final int FACILITIES = 8;
    private static final int LOCAL_0 = 16;
    private static final int LOG_AUDIT = 13;

    /** The number that is there for examples (RFC 5612): Gatehouse has none of its own. */
    private static final String STRUCTURED = "gatehouse@32473";

    private final TlsDelivery tls;
    private final Vertx vertx;
    private final Duration timeout;

    Syslog(TlsDelivery tls, Vertx vertx, Duration timeout) {
        this.tls = tls;
        this.vertx = vertx;
        this.timeout = timeout;
    }

    @Override
    public Uni<Receipt> deliver(Target target, Credentials credentials, List<LogEvent> events) {
        return Workers.run(vertx, () -> frames(events))
                .chain(frames -> tls.send(target.uri().getHost(), target.port(), target.caCertificate(), frames, timeout,
                        target.allowSilentClose()))
                .map(done -> Receipt.of(Fate.TAKEN, target.allowSilentClose() ? "The connection ended without a reset"
                        : "The server has read everything and confirmed the end of the connection"));
    }

    static Buffer frames(List<LogEvent> events) {
        Buffer frames = Buffer.buffer();
        for (LogEvent event : events) {
            byte[] message = message(event).getBytes(StandardCharsets.UTF_8);
            frames.appendString(message.length + " ").appendBytes(message);
        }
        return frames;
    }

    /** Ids need no escape within structured data. */
    private static String message(LogEvent event) {
        int facility = event.log().equals(LogEvent.AUDIT) ? LOG_AUDIT : LOCAL_0;
        return "<" + (facility * FACILITIES + severity(event.level())) + ">1 "
                + event.at().truncatedTo(ChronoUnit.MICROS) + " - gatehouse - " + event.log()
                + " [" + STRUCTURED + " eventId=\"" + event.id() + "\"] " + event.json();
    }

    private static int severity(String level) {
        return switch (level) {
            case "error" -> 3;
            case "warning" -> 4;
            default -> 6;
        };
    }
}
