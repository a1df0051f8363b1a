package io.gatehouse.journal.siem;

import java.time.Duration;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.platform.outbound.TlsDelivery;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The way to deliver to each kind of destination. */
@Singleton
class Protocols {

    private final Outbound outbound;
    private final Vertx vertx;
    private final Duration timeout;
    private final Protocol syslog;

    @Inject
    Protocols(Outbound outbound, TlsDelivery tls, Vertx vertx,
            @ConfigProperty(name = "gatehouse.siem.timeout", defaultValue = "20s") Duration timeout) {
        this.outbound = outbound;
        this.vertx = vertx;
        this.timeout = timeout;
        this.syslog = new Syslog(tls, vertx, timeout);
    }

    Protocol of(DestinationKind kind) {
        return switch (kind) {
            case HTTPS -> http(new JsonLines());
            case SPLUNK_HEC -> http(new SplunkHec());
            case ELASTIC -> http(new ElasticBulk());
            case OTLP -> http(new OtlpLogs());
            case SYSLOG -> syslog;
        };
    }

    private Protocol http(HttpForm form) {
        return new HttpProtocol(outbound, vertx, form, timeout);
    }
}
