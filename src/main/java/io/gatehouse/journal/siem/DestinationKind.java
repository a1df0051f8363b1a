package io.gatehouse.journal.siem;

import java.util.Locale;

/** The protocols by which events are taken. */
public enum DestinationKind {
    /** JSON lines by POST. */
    HTTPS,
    SPLUNK_HEC,
    /** The bulk API, which OpenSearch has as well. */
    ELASTIC,
    /** RFC 5424 over TLS (RFC 5425). */
    SYSLOG,
    /** Logs of OpenTelemetry, in JSON over HTTP. */
    OTLP;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
