package io.gatehouse.journal.activity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Writes chunks in the binary format of PostgreSQL's {@code COPY} (its documentation of the command, File Formats). */
final class ChunkCopy {

    static final String COMMAND = """
            copy activity_chunk (server_id, workspace_id, at, last_id, is_open, infos, warnings, errors, terms, data)
                from stdin binary""";

    private static final short COLUMNS = 10;
    private static final byte[] HEAD = ByteBuffer.allocate(19)
            .put("PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1)).array();
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final short END = -1;
    private static final int INTEGER = 23;
    private static final int ARRAY_HEAD = 20;

    private final ByteBuf out = Unpooled.buffer();

    private ChunkCopy() {
    }

    /** What the command is given. */
    static byte[] of(List<Chunk> chunks) {
        ChunkCopy copy = new ChunkCopy();
        copy.out.writeBytes(HEAD);
        chunks.forEach(copy::write);
        copy.out.writeShort(END);
        return ByteBufUtil.getBytes(copy.out);
    }

    private void write(Chunk chunk) {
        out.writeShort(COLUMNS);
        number(chunk.first().serverId());
        number(chunk.first().workspaceId());
        number(EPOCH.until(chunk.at(), ChronoUnit.MICROS));
        out.writeInt(Long.BYTES * 2).writeLong(chunk.last().high()).writeLong(chunk.last().low());
        out.writeInt(1).writeBoolean(chunk.first().isOpen());
        for (int count : chunk.levels()) {
            out.writeInt(Integer.BYTES).writeInt(count);
        }
        int terms = chunk.terms().size();
        out.writeInt(ARRAY_HEAD + terms * Integer.BYTES * 2).writeInt(1).writeInt(0).writeInt(INTEGER).writeInt(terms)
                .writeInt(1);
        chunk.terms().forEach(term -> out.writeInt(Integer.BYTES).writeInt(term));
        out.writeInt(chunk.data().length).writeBytes(chunk.data());
    }

    private void number(long value) {
        out.writeInt(Long.BYTES).writeLong(value);
    }
}
