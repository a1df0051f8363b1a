package io.gatehouse.journal.siem;

import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One event a line. */
final class JsonLines implements HttpForm {

    @Override
    public URI uri(Target target) {
        return target.uri();
    }

    @Override
    public String contentType() {
        return "application/x-ndjson";
    }

    @Override
    public String body(Target target, List<LogEvent> events) {
        return events.stream().map(event -> event.json() + "\n").collect(Collectors.joining());
    }

    @Override
    public Receipt judge(List<LogEvent> events, String answer, UnaryOperator<String> shown) {
        return Receipt.of(Fate.TAKEN, null);
    }
}
