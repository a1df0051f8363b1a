package io.gatehouse.journal.siem;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** OTLP 1.x over HTTP in its JSON encoding: ids in hexadecimal digits, 64-bit numbers as strings. */
final class OtlpLogs implements HttpForm {

    private static final String TRACE_ID = "[0-9a-f]{32}";

    @Override
    public URI uri(Target target) {
        return target.below("/v1/logs");
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public String body(Target target, List<LogEvent> events) {
        ObjectNode body = Answers.object();
        ObjectNode resource = body.putArray("resourceLogs").addObject();
        attribute(resource.putObject("resource").putArray("attributes"), "service.name", "gatehouse");
        ObjectNode scope = resource.putArray("scopeLogs").addObject();
        scope.putObject("scope").put("name", "io.gatehouse.journal");
        ArrayNode records = scope.putArray("logRecords");
        events.forEach(event -> describe(records.addObject(), event));
        return body.toString();
    }

    private static void describe(ObjectNode record, LogEvent event) {
        JsonNode entry = Answers.parse(event.json());
        record.put("timeUnixNano", nanos(event.at())).put("observedTimeUnixNano", nanos(event.at()));
        record.put("severityNumber", severity(event.level())).put("severityText", event.level().toUpperCase());
        record.put("eventName", "gatehouse." + event.log());
        record.putObject("body").put("stringValue", event.json());
        ArrayNode attributes = record.putArray("attributes");
        attribute(attributes, "log.record.uid", event.id());
        attribute(attributes, "gatehouse.log", event.log());
        attribute(attributes, "gatehouse.type", entry.path("type").asText(""));
        attribute(attributes, "user.id", entry.path("user").path("id").asText(""));
        attribute(attributes, "service.instance.id", entry.path("replica").asText(""));
        if (entry.path("trace_id").asText("").matches(TRACE_ID)) {
            record.put("traceId", entry.path("trace_id").asText());
        }
    }

    private static void attribute(ArrayNode attributes, String key, String value) {
        if (!value.isEmpty()) {
            attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
        }
    }

    private static String nanos(Instant at) {
        return Long.toString(TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano());
    }

    /** The severity numbers of OpenTelemetry's data model. */
    private static int severity(String level) {
        return switch (level) {
            case "error" -> 17;
            case "warning" -> 13;
            default -> 9;
        };
    }

    /** A collector that takes some tells how many it refused, not which, and wants none of them again. */
    @Override
    public Receipt judge(List<LogEvent> events, String answer, UnaryOperator<String> shown) {
        JsonNode partial = Answers.parse(answer.isBlank() ? "{}" : answer);
        if (!partial.isObject()) {
            return Receipt.of(Fate.again("The answer is not that of a collector: " + shown.apply(answer)), null);
        }
        JsonNode told = partial.path("partialSuccess");
        long rejected = told.path("rejectedLogRecords").asLong(0);
        if (rejected == 0) {
            return Receipt.of(Fate.TAKEN, null);
        }
        Fate fate = Fate
                .refused("The collector refused " + rejected + " of " + events.size() + " events together, not telling which: "
                        + shown.apply(told.path("errorMessage").asText()));
        return Receipt.of(events.stream().map(event -> fate).toList(), null);
    }
}
