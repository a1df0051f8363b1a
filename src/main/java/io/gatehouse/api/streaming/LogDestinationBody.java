package io.gatehouse.api.streaming;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.api.workato.WorkatoInput;
import io.gatehouse.journal.siem.Destination;
import io.gatehouse.journal.siem.DestinationSet;
import io.gatehouse.journal.siem.NewDestination;

/** A destination of the log. Secrets are shown as {@code ******}. */
@Schema(name = "LogDestination")
@JsonNaming(SnakeCaseStrategy.class)
public record LogDestinationBody(long id, String name, String kind, boolean enabled, String url, String token, String username,
        String password, Map<String, String> headers, String index, String sourceType, boolean gzip, String caCertificate,
        boolean allowSilentClose, boolean activity, boolean audit, String level, Status status, Instant createdAt,
        Instant updatedAt) {

    /** How it does. */
    @Schema(name = "LogDestinationStatus", description = "lag_entries counts 100,000 entries of the activity log at most. lost are entries whose retention ended before they could be delivered; dropped are dead letters that had to make room for others.")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Status(double lagSeconds, long lagEntries, Instant lastSuccess, String lastError, Instant lastErrorAt,
            Instant nextAttempt, long delivered, long retried, long dead, long deadLetters, long dropped, long lost) {

        static Status of(Destination.Status status) {
            return new Status(status.lagSeconds(), status.lagEntries(), status.lastSuccess(), status.lastError(),
                    status.lastErrorAt(), status.nextAttempt(), status.delivered(), status.retried(), status.dead(),
                    status.deadLetters(), status.dropped(), status.lost());
        }
    }

    /** What a create or an update request says. */
    @Schema(name = "LogDestinationInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(
            @Schema(description = "Of one that is there already, where all are replaced; meaningless elsewhere") Long id,
            @Schema(description = "Required for a new one", maxLength = 100, examples = "Splunk") String name,
            @Schema(description = "Required for a new one, and can't be changed", enumeration = {
                    "https", "splunk_hec",
                    "elastic", "syslog", "otlp" }) String kind,
            @Schema(defaultValue = "true") Boolean enabled,
            @Schema(description = "Required for a new one. The base address is enough for splunk_hec, elastic and otlp; tls://host:port for syslog", examples = "https://splunk.example.com:8088") String url,
            @Schema(description = "A bearer's, of Splunk, or an API key of Elastic. ****** keeps it, an empty one removes it; for another address it is needed again") String token,
            @Schema(description = "For basic authentication, where there is no token") String username, String password,
            @Schema(description = "Sent along by HTTP; values are secrets like token") Map<String, String> headers,
            @Schema(description = "Of Splunk, or the index or data stream of Elastic, which needs one") String index,
            @Schema(description = "Of Splunk") String sourceType,
            @Schema(description = "Whether bodies are compressed", defaultValue = "false") Boolean gzip,
            @Schema(description = "PEM of the authorities that the server's certificate must come from, in place of those that are known everywhere; an empty one removes them") String caCertificate,
            @Schema(description = "Of syslog, whether events count as taken too where the server ends the connection without close_notify (RFC 5425, 4.4), as rsyslog does with its driver gtls. Then nobody knows for certain what it has read", defaultValue = "false") Boolean allowSilentClose,
            @Schema(description = "Whether it gets the activity log", defaultValue = "true") Boolean activity,
            @Schema(description = "Whether it gets the audit trail", defaultValue = "true") Boolean audit,
            @Schema(description = "The lowest of the activity log that it gets", enumeration = { "info", "warning",
                    "error" }, defaultValue = "info") String level){

        /** Keeps the secrets out of logs. */
        @Override
        public String toString() {
            return "LogDestinationInput";
        }
    }

    /** What all of them are to be. */
    @Schema(name = "LogDestinations")
    @JsonNaming(SnakeCaseStrategy.class)
    public record All(@Schema(description = "Required") List<Input> items) {

        List<DestinationSet.Wanted> wanted() {
            return items == null ? null
                    : items.stream().map(input -> new DestinationSet.Wanted(
                            WorkatoInput.body(input).id(), wish(input))).toList();
        }
    }

    /** All of them. */
    @Schema(name = "LogDestinationList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<LogDestinationBody> items, boolean nextPage) {

        static Page of(List<Destination> all) {
            return new Page(all.stream().map(LogDestinationBody::of).toList(), false);
        }
    }

    static LogDestinationBody of(Destination destination) {
        Map<String, String> headers = new TreeMap<>();
        destination.headers().forEach(name -> headers.put(name, NewDestination.MASKED));
        return new LogDestinationBody(destination.id(), destination.name(), destination.kind().word(), destination.enabled(),
                destination.target().url(), destination.hasToken() ? NewDestination.MASKED : null,
                destination.target().username(), destination.hasPassword() ? NewDestination.MASKED : null, headers,
                destination.target().index(), destination.target().sourceType(), destination.target().gzip(),
                destination.target().caCertificate(), destination.target().allowSilentClose(), destination.activity(),
                destination.audit(), destination.level(), Status.of(destination.status()), destination.createdAt(),
                destination.updatedAt());
    }

    static NewDestination wish(Input input) {
        Input body = WorkatoInput.body(input);
        return new NewDestination(body.name(), body.kind(), body.enabled(), body.url(), body.token(), body.username(),
                body.password(), body.headers(), body.index(), body.sourceType(), body.gzip(), body.caCertificate(),
                body.allowSilentClose(), body.activity(), body.audit(), body.level());
    }
}
