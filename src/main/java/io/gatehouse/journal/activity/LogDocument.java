package io.gatehouse.journal.activity;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

import io.gatehouse.journal.activity.Row.Text;
import io.vertx.mutiny.sqlclient.Row;

/** An entry as everybody outside reads it: the API, the live tail, and who it is streamed to. */
final class LogDocument {

    private static final int MICROS = 3;

    private LogDocument() {
    }

    /**
     * Begins a statement that reads chunks, with their servers.
     *
     * @param columns of {@code chunk}
     */
    static String select(String columns) {
        return "select " + columns + """
                , server.handle as server_handle, server.name as server_name, server.created_at as server_created_at
                from activity_chunk chunk left join mcp_server server on server.id = chunk.server_id
                """;
    }

    /** Those of a chunk that are wanted. */
    static List<Recorded> entries(Row chunk, Predicate<Facets> wanted) {
        return Chunk.read(chunk.getBuffer("data").getBytes(), chunk.getLong("workspace_id"), chunk.getLong("server_id"),
                wanted);
    }

    /** Where the last entry of a chunk is. */
    static LogCursor place(Row chunk) {
        return new LogCursor(chunk.getOffsetDateTime("at").toInstant(), chunk.getUUID("last_id"));
    }

    /** @param server who is named by a row of {@link #select} */
    static ObjectNode of(Recorded recorded, Row server) {
        Entry entry = recorded.row().entry();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("id", entry.id().toString()).put("timestamp", entry.at().toString());
        document.put("type", recorded.row().type()).put("level", recorded.row().status().level())
                .put("status", recorded.row().status().word());
        OffsetDateTime created = server.getOffsetDateTime("server_created_at");
        document.putObject("server").put("handle", server.getString("server_handle"))
                .put("name", server.getString("server_name"))
                .put("created_at", created == null ? null : created.toInstant().toString());
        document.put("method", entry.question().method()).put("tool", entry.question().tool());
        Entry.Visitor visitor = entry.visitor();
        document.putObject("user").put("id", visitor.subject()).put("name", visitor.name())
                .put("authentication", visitor.authentication()).put("ip", visitor.address())
                .put("user_agent", visitor.userAgent());
        outcome(document, recorded.row());
        document.put("era", entry.question().era()).put("protocol_version", entry.question().version())
                .put("request_id", entry.scene().requestId()).put("trace_id", entry.scene().traceId())
                .put("replica", recorded.replica()).put("job_id", entry.scene().jobId());
        side(document.putObject("request"), entry.question().bytes(), "input", recorded.row().input());
        side(document.putObject("response"), entry.answer().bytes(), "output", recorded.row().output());
        return document;
    }

    private static void outcome(ObjectNode document, io.gatehouse.journal.activity.Row row) {
        Entry.Answer answer = row.entry().answer();
        document.put("rule", answer.rule());
        if (row.code() != null || row.message() != null) {
            document.putObject("error").put("code", row.code()).put("message", row.message());
        }
        document.put("http_status", answer.status()).put("duration_ms", BigDecimal.valueOf(answer.duration(), MICROS));
    }

    /**
     * What is recorded is JSON. Breaks of its lines, which stand between its tokens only, would break those of whoever reads
     * it.
     */
    private static void side(ObjectNode side, long bytes, String name, Text text) {
        side.put("bytes", bytes);
        if (text.utf8() != null) {
            side.putRawValue(name, new RawValue(text.string().replace('\n', ' ').replace('\r', ' ')));
        }
        side.put("truncated", text.cut());
    }
}
