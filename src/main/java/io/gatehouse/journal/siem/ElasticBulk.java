package io.gatehouse.journal.siem;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The bulk API of Elasticsearch and OpenSearch. Events are created by their ids, so that one that is there already is not
 * there twice.
 */
final class ElasticBulk implements HttpForm {

    private static final int CONFLICT = 409;

    /** What is wrong with the event itself; all else is with the index, the privileges or the load. */
    private static final Set<Integer> FAULTS = Set.of(400, 413, 422);

    @Override
    public URI uri(Target target) {
        return URI.create(target.below("/_bulk") + "?filter_path=errors,items.*._id,items.*.status,items.*.error");
    }

    @Override
    public String contentType() {
        return "application/x-ndjson";
    }

    @Override
    public String scheme() {
        return "ApiKey";
    }

    @Override
    public String body(Target target, List<LogEvent> events) {
        StringBuilder body = new StringBuilder();
        for (LogEvent event : events) {
            ObjectNode action = Answers.object();
            action.putObject("create").put("_index", target.index()).put("_id", event.id());
            body.append(action).append('\n').append(document(event)).append('\n');
        }
        return body.toString();
    }

    /** Data streams want the time under this name. */
    private static String document(LogEvent event) {
        return "{\"@timestamp\":\"" + event.at() + "\"," + event.json().substring(1);
    }

    @Override
    public Receipt judge(List<LogEvent> events, String answer, UnaryOperator<String> shown) {
        JsonNode items = Answers.parse(answer).path("items");
        if (items.size() != events.size()) {
            return Receipt.of(Fate.again("The answer tells of " + items.size() + " events instead of " + events.size()), null);
        }
        List<Fate> each = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            each.add(fate(events.get(i), items.path(i).path("create"), shown));
        }
        return Receipt.of(each, null);
    }

    private static Fate fate(LogEvent event, JsonNode item, UnaryOperator<String> shown) {
        int status = item.path("status").asInt();
        if (item.has("_id") && !item.path("_id").asText().equals(event.id())) {
            return Fate.again("The answer tells of another event");
        }
        if (status / 100 == 2 || status == CONFLICT) {
            return Fate.TAKEN;
        }
        String why = "status " + status + ": " + shown.apply(item.path("error").toString());
        return FAULTS.contains(status) ? Fate.refused(why) : Fate.again(why);
    }
}
