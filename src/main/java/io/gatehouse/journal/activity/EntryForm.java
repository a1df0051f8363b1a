package io.gatehouse.journal.activity;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * Writes entries as they stand in chunks, for {@link EntryReader}: at first by what they are looked for. A text has its length
 * before it, or -1 for none. For one thread.
 */
final class EntryForm {

    static final short NONE = -1;

    private static final int LONGEST_WORD = 500;

    /** Grows to what a row with long texts takes. */
    private final ByteBuf out = Unpooled.buffer(4_096);
    private final String replica;

    EntryForm(String replica) {
        this.replica = replica;
    }

    byte[] of(Row row) {
        out.clear();
        Entry entry = row.entry();
        out.writeLong(entry.id().high()).writeLong(entry.id().low()).writeLong(micros(entry.at()));
        word(row.type());
        word(row.status().word());
        word(entry.question().tool());
        word(entry.visitor().subject());
        number(entry.scene().jobId());
        write(entry.visitor());
        write(entry.question());
        write(row, entry.answer());
        word(entry.scene().requestId());
        word(entry.scene().traceId());
        word(replica);
        write(row.input());
        write(row.output());
        return ByteBufUtil.getBytes(out);
    }

    private void write(Entry.Visitor visitor) {
        word(visitor.name());
        word(visitor.authentication());
        word(visitor.address());
        word(visitor.userAgent());
    }

    private void write(Entry.Question question) {
        word(question.method());
        word(question.era());
        word(question.version());
        out.writeLong(question.bytes());
    }

    private void write(Row row, Entry.Answer answer) {
        word(answer.rule());
        word(row.message());
        out.writeShort(answer.status());
        number(row.code());
        out.writeLong(answer.duration()).writeLong(answer.bytes());
    }

    private void write(Row.Text text) {
        if (text.utf8() == null) {
            out.writeInt(NONE);
        } else {
            out.writeInt(text.length()).writeBytes(text.utf8(), text.from(), text.length());
        }
        out.writeBoolean(text.cut()).writeBoolean(text.isAnswer());
    }

    private static long micros(Instant at) {
        return TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(at.getNano());
    }

    private void number(Long value) {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeLong(value);
        }
    }

    /** What a client may have chosen is no longer than words are. */
    private void word(String value) {
        if (value == null) {
            out.writeShort(NONE);
            return;
        }
        int at = out.writerIndex();
        out.writeShort(0);
        out.setShort(at, ByteBufUtil.writeUtf8(out, value, 0, Math.min(value.length(), LONGEST_WORD)));
    }
}
