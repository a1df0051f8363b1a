package io.gatehouse.journal.activity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Writes rows in the binary format of PostgreSQL's {@code COPY} (its documentation of the command, File Formats). For one
 * thread.
 */
final class CopyRows {

    static final String COMMAND = """
            copy activity_entry (id, at, workspace_id, server_id, type, level, status, method, tool, caller, caller_name,
                authentication, address, user_agent, rule, message, http_status, error_code, duration, era,
                protocol_version, request_id, trace_id, replica, request_bytes, response_bytes, input, input_cut, output,
                output_cut) from stdin binary""";

    private static final short COLUMNS = 30;
    private static final byte[] HEAD = ByteBuffer.allocate(19)
            .put("PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1)).array();
    private static final long EPOCH = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final short NULL = -1;
    private static final int LONGEST_WORD = 500;

    /** Bytes of words that stand in an index together, whose entries take 2,704 bytes at most. */
    private static final int LONGEST_KEY = 1_200;

    /** Grows to what a row with long texts takes. */
    private final ByteBuf out = Unpooled.buffer(4_096);
    private final String replica;

    CopyRows(String replica) {
        this.replica = replica;
    }

    /** What the command is given. */
    static byte[] whole(List<byte[]> rows) {
        ByteBuffer whole = ByteBuffer.allocate(HEAD.length + rows.stream().mapToInt(row -> row.length).sum() + Short.BYTES)
                .put(HEAD);
        rows.forEach(whole::put);
        return whole.putShort(NULL).array();
    }

    byte[] of(Row row) {
        out.clear();
        Entry entry = row.entry();
        out.writeShort(COLUMNS);
        out.writeInt(Long.BYTES * 2).writeLong(entry.id().high()).writeLong(entry.id().low());
        number(micros(entry.at()));
        number(entry.scene().workspaceId());
        number(entry.scene().serverId());
        word(row.type());
        word(row.status().level());
        word(row.status().word());
        word(entry.question().method());
        key(entry.question().tool());
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
        return ByteBufUtil.getBytes(out);
    }

    private void writeAnswer(Row row) {
        word(row.entry().answer().rule());
        word(row.message());
        out.writeInt(Short.BYTES).writeShort(row.entry().answer().status());
        if (row.code() == null) {
            out.writeInt(NULL);
        } else {
            number(row.code());
        }
        number(row.entry().answer().duration());
    }

    private void write(Entry.Visitor visitor) {
        key(visitor.subject());
        word(visitor.name());
        word(visitor.authentication());
        word(visitor.address());
        word(visitor.userAgent());
    }

    private void write(Row.Text text) {
        if (text.utf8() == null) {
            out.writeInt(NULL);
        } else {
            out.writeInt(text.length()).writeBytes(text.utf8(), text.from(), text.length());
        }
        out.writeInt(1).writeByte(text.cut() ? 1 : 0);
    }

    private static long micros(Instant at) {
        return TimeUnit.SECONDS.toMicros(at.getEpochSecond() - EPOCH) + TimeUnit.NANOSECONDS.toMicros(at.getNano());
    }

    private void number(long value) {
        out.writeInt(Long.BYTES).writeLong(value);
    }

    private void key(String value) {
        word(value == null ? null : value.substring(0, fitting(value)));
    }

    private static int fitting(String value) {
        int length = Math.min(value.length(), LONGEST_WORD);
        while (ByteBufUtil.utf8Bytes(value, 0, length) > LONGEST_KEY) {
            length--;
        }
        return length;
    }

    /** What a client may have chosen is no longer than words are, and the database takes no character 0. */
    private void word(String value) {
        if (value == null) {
            out.writeInt(NULL);
            return;
        }
        String word = value.length() <= LONGEST_WORD ? value : value.substring(0, LONGEST_WORD);
        int at = out.writerIndex();
        out.writeInt(0);
        out.setInt(at, ByteBufUtil.writeUtf8(out, word.indexOf(0) < 0 ? word : word.replace('\0', '\uFFFD')));
    }
}
