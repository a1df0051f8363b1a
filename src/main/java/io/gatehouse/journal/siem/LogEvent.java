package io.gatehouse.journal.siem;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One entry on its way.
 *
 * @param id by which whoever gets it twice knows it
 * @param log {@code activity} or {@code audit}
 * @param json the entry, in one line
 */
record LogEvent(String id, String log, Instant at, String level, String json) {

    static final String ACTIVITY = "activity";
    static final String AUDIT = "audit";

    static LogEvent of(String log, ObjectNode entry) {
        return new LogEvent(entry.path("id").asText(), log, Instant.parse(entry.path("timestamp").asText()),
                entry.path("level").asText(), entry.put("log", log).toString());
    }

    int size() {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }
}
