package io.gatehouse.journal.activity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.vertx.core.buffer.Buffer;

/** Writes rows in the binary format of PostgreSQL's {@code COPY} (its documentation of the command, File Formats). */
final class CopyRows {

    static final String COMMAND = """
            copy activity_entry (id, at, workspace_id, server_id, type, level, status, method, tool, caller, caller_name,
                authentication, address, user_agent, rule, message, http_status, error_code, duration, era,
                protocol_version, request_id, trace_id, replica, request_bytes, response_bytes, input, input_cut, output,
                output_cut) from stdin binary""";

    private static final short COLUMNS = 30;
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final long EPOCH = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final short NULL = -1;
    private static final int LONGEST_WORD = 500;

    private final Buffer out = Buffer.buffer();
    private final String replica;

    private CopyRows(String replica) {
        this.replica = replica;
    }

    static byte[] of(List<Row> rows, String replica) {
        CopyRows copy = new CopyRows(replica);
        copy.out.appendBytes(SIGNATURE).appendInt(0).appendInt(0);
        rows.forEach(copy::write);
        return copy.out.appendShort(NULL).getBytes();
    }

    private void write(Row row) {
        Entry entry = row.entry();
        out.appendShort(COLUMNS);
        out.appendInt(Long.BYTES * 2).appendLong(entry.id().high()).appendLong(entry.id().low());
        number(micros(entry.at()));
        number(entry.scene().workspaceId());
        number(entry.scene().serverId());
        word(row.type());
        word(row.status().level());
        word(row.status().word());
        word(entry.question().method());
        word(entry.question().tool());
        write(entry.visitor());
        writeAnswer(row);
        word(entry.question().era());
        word(entry.question().version());
        word(entry.scene().requestId());
        word(entry.scene().traceId());
        word(replica);
        number(entry.question().bytes());
        number(entry.answer().bytes());
        write(row.input());
        write(row.output());
    }

    private void writeAnswer(Row row) {
        word(row.entry().answer().rule());
        word(row.message());
        out.appendInt(Short.BYTES).appendShort((short) row.entry().answer().status());
        if (row.code() == null) {
            out.appendInt(NULL);
        } else {
            number(row.code());
        }
        number(row.entry().answer().duration());
    }

    private void write(Entry.Visitor visitor) {
        word(visitor.subject());
        word(visitor.name());
        word(visitor.authentication());
        word(visitor.address());
        word(visitor.userAgent());
    }

    private void write(Row.Text text) {
        text(text.value());
        out.appendInt(1);
        out.appendByte((byte) (text.cut() ? 1 : 0));
    }

    private static long micros(Instant at) {
        return TimeUnit.SECONDS.toMicros(at.getEpochSecond() - EPOCH) + TimeUnit.NANOSECONDS.toMicros(at.getNano());
    }

    private void number(long value) {
        out.appendInt(Long.BYTES);
        out.appendLong(value);
    }

    /** What a client may have chosen is no longer than words are. */
    private void word(String value) {
        text(value == null || value.length() <= LONGEST_WORD ? value : value.substring(0, LONGEST_WORD));
    }

    /** The database takes no character 0. */
    private void text(String value) {
        if (value == null) {
            out.appendInt(NULL);
            return;
        }
        byte[] encoded = (value.indexOf(0) < 0 ? value : value.replace('\0', '\uFFFD')).getBytes(StandardCharsets.UTF_8);
        out.appendInt(encoded.length);
        out.appendBytes(encoded);
    }
}
