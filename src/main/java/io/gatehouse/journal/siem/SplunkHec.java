package io.gatehouse.journal.siem;

import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

/** The HTTP event collector of Splunk: objects one after the other, each with its event in it. */
final class SplunkHec implements HttpForm {

    private static final int MILLIS = 3;

    /** Of its codes, those that blame events: no data, invalid format, event missing or blank, fields that can't be indexed. */
    private static final Set<Integer> FAULTS = Set.of(5, 6, 12, 13, 15);
    private static final int TOO_LARGE = 413;

    @Override
    public URI uri(Target target) {
        return target.below("/services/collector/event");
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public String scheme() {
        return "Splunk";
    }

    @Override
    public String body(Target target, List<LogEvent> events) {
        StringBuilder body = new StringBuilder();
        events.forEach(event -> body.append(wrapped(target, event)).append('\n'));
        return body.toString();
    }

    private static ObjectNode wrapped(Target target, LogEvent event) {
        ObjectNode wrapped = Answers.object();
        wrapped.put("time", BigDecimal.valueOf(event.at().toEpochMilli(), MILLIS));
        wrapped.put("source", "gatehouse:" + event.log());
        if (target.sourceType() != null) {
            wrapped.put("sourcetype", target.sourceType());
        }
        if (target.index() != null) {
            wrapped.put("index", target.index());
        }
        wrapped.putRawValue("event", new RawValue(event.json()));
        wrapped.putObject("fields").put("event_id", event.id());
        return wrapped;
    }

    @Override
    public Receipt judge(List<LogEvent> events, String answer, UnaryOperator<String> shown) {
        return Receipt.of(Answers.parse(answer).path("code").asInt(-1) == 0 ? Fate.TAKEN
                : Fate.again("The answer is not that of a collector: " + shown.apply(answer)), null);
    }

    @Override
    public boolean blamesEvents(int status, String answer) {
        return status == TOO_LARGE
                || FAULTS_OF_EVENTS.contains(status) && FAULTS.contains(Answers.parse(answer).path("code").asInt(-1));
    }
}
