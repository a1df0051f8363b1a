package io.gatehouse.journal.activity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import io.gatehouse.journal.keeping.Recording;

/** The chunks of the activity log in a database, for whoever looks into it or writes there in place of the application. */
public final class LoggedEntries {

    private LoggedEntries() {
    }

    /**
     * Those that stand in some chunks, the oldest first.
     *
     * @param where a condition on {@code chunk}, or on its {@code server}
     */
    public static List<Map<String, Object>> read(Connection connection, String where, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select chunk.workspace_id, chunk.server_id, chunk.data "
                + "from activity_chunk chunk left join mcp_server server on server.id = chunk.server_id where " + where)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            List<Recorded> entries = new ArrayList<>();
            try (ResultSet chunks = select.executeQuery()) {
                while (chunks.next()) {
                    entries.addAll(Chunk.read(chunks.getBytes(3), chunks.getLong(1), chunks.getLong(2), facets -> true));
                }
            }
            return entries.stream().sorted(Comparator.comparing(Recorded::place)).map(LoggedEntries::columns).toList();
        }
    }

    private static Map<String, Object> columns(Recorded recorded) {
        Row row = recorded.row();
        Entry entry = row.entry();
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("id", entry.id().toString());
        columns.put("type", row.type());
        columns.put("level", row.status().level());
        columns.put("status", row.status().word());
        columns.put("method", entry.question().method());
        columns.put("tool", entry.question().tool());
        columns.put("caller", entry.visitor().subject());
        columns.put("authentication", entry.visitor().authentication());
        columns.put("address", entry.visitor().address());
        columns.put("user_agent", entry.visitor().userAgent());
        columns.put("rule", entry.answer().rule());
        columns.put("message", row.message());
        columns.put("http_status", entry.answer().status());
        columns.put("error_code", row.code());
        columns.put("duration", entry.answer().duration());
        columns.put("era", entry.question().era());
        columns.put("request_id", entry.scene().requestId());
        columns.put("request_bytes", entry.question().bytes());
        columns.put("response_bytes", entry.answer().bytes());
        columns.put("input", row.input().string());
        columns.put("output", row.output().string());
        columns.put("output_cut", row.output().cut());
        return columns;
    }

    /**
     * A call with what is looked for.
     *
     * @param method of JSON-RPC
     * @param input JSON, or null
     */
    public record Call(long workspaceId, long serverId, Instant at, String method, Status status, String tool, String caller,
            Long job, String input, String output) {
    }

    /**
     * Writes calls in one batch, as if there had been so many commits.
     *
     * @param commits calls in the order of their time
     * @return their ids
     */
    public static List<String> write(Connection connection, List<List<Call>> commits) throws SQLException {
        EntryForm form = new EntryForm("gatehouse-7d9f");
        List<String> ids = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        for (List<Call> commit : commits) {
            List<EntryId> inOrder = commit.stream().map(call -> EntryId.at(call.at())).sorted().toList();
            List<Written> entries = IntStream.range(0, commit.size())
                    .mapToObj(i -> Written.of(row(inOrder.get(i), commit.get(i)), form)).toList();
            inOrder.forEach(id -> ids.add(id.toString()));
            chunks.addAll(Chunk.of(entries));
        }
        ActivityStore.copy(connection, chunks);
        return ids;
    }

    private static Row row(EntryId id, Call call) {
        Entry.Scene scene = new Entry.Scene(call.workspaceId(), call.serverId(), Recording.ALL, UUID.randomUUID().toString(),
                "0af7651916cd43dd8448eb211c80319c", call.job());
        String person = call.caller() == null ? null : call.caller().replace("user:", "Person ");
        Entry.Visitor visitor = new Entry.Visitor(call.caller(), person, person == null ? null : "jwt", "192.0.2.17",
                "claude-code/2.1.0 (cli)");
        Entry entry = new Entry(id, call.at(), false, scene, visitor,
                new Entry.Question("modern", "2025-11-25", call.method(), call.tool(), null, 10),
                new Entry.Answer(call.status(), null, 200, null, 20, 1_500));
        return new Row(entry, call.status(), LogType.of(call.method()), null, null, Row.Text.of(call.input(), false),
                Row.Text.of(call.output(), false));
    }

    /**
     * Writes calls of a tool together, one for each input.
     *
     * @return their ids, in their order
     */
    public static List<String> write(Connection connection, long workspaceId, long serverId, Instant time, Status status,
            List<String> inputs) throws SQLException {
        Instant at = time.truncatedTo(ChronoUnit.MICROS);
        return write(connection, List.of(inputs.stream().map(input -> new Call(workspaceId, serverId, at, "tools/call", status,
                "look", null, null, input, "{\n \"content\":\r\n []}")).toList()));
    }
}
