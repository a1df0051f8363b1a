package io.gatehouse.journal.activity;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

import io.vertx.mutiny.sqlclient.Row;

/** An entry as everybody outside reads it: the API, the live tail, and who it is streamed to. */
final class LogDocument {

    /** Of {@code activity_entry entry}. */
    static final String SELECT = """
            select entry.*, server.handle as server_handle, server.name as server_name
            from activity_entry entry left join mcp_server server on server.id = entry.server_id
            """;

    private static final int MICROS = 3;

    private LogDocument() {
    }

    static ObjectNode of(Row row) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("id", row.getUUID("id").toString());
        entry.put("timestamp", row.getOffsetDateTime("at").toInstant().toString());
        texts(entry, row, "type", "level", "status");
        entry.putObject("server").put("handle", row.getString("server_handle")).put("name", row.getString("server_name"));
        texts(entry, row, "method", "tool");
        entry.putObject("user").put("id", row.getString("caller")).put("name", row.getString("caller_name"))
                .put("authentication", row.getString("authentication")).put("ip", row.getString("address"))
                .put("user_agent", row.getString("user_agent"));
        texts(entry, row, "rule");
        if (row.getLong("error_code") != null || row.getString("message") != null) {
            entry.putObject("error").put("code", row.getLong("error_code")).put("message", row.getString("message"));
        }
        entry.put("http_status", row.getInteger("http_status"));
        entry.put("duration_ms", BigDecimal.valueOf(row.getLong("duration"), MICROS));
        texts(entry, row, "era", "protocol_version", "request_id", "trace_id", "replica");
        entry.put("job_id", row.getLong("job_id"));
        side(entry.putObject("request"), row, "request_bytes", "input");
        side(entry.putObject("response"), row, "response_bytes", "output");
        return entry;
    }

    private static void texts(ObjectNode entry, Row row, String... columns) {
        for (String column : columns) {
            entry.put(column, row.getString(column));
        }
    }

    /**
     * What is recorded is JSON. Breaks of its lines, which stand between its tokens only, would break those of whoever reads
     * it.
     */
    private static void side(ObjectNode side, Row row, String bytes, String text) {
        side.put("bytes", row.getLong(bytes));
        if (row.getString(text) != null) {
            side.putRawValue(text, new RawValue(row.getString(text).replace('\n', ' ').replace('\r', ' ')));
        }
        side.put("truncated", row.getBoolean(text + "_cut"));
    }
}
