package io.gatehouse.journal.activity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.TextNode;

import io.netty.buffer.ByteBuf;

/** Reads an entry that {@link EntryForm} wrote: all of it only where that is wanted. */
final class EntryReader {

    private final ByteBuf in;
    private final long workspaceId;
    private final long serverId;

    EntryReader(ByteBuf in, long workspaceId, long serverId) {
        this.in = in;
        this.workspaceId = workspaceId;
        this.serverId = serverId;
    }

    /** @return null for one that is not wanted */
    Recorded read(Predicate<Facets> wanted) {
        EntryId id = new EntryId(in.readLong(), in.readLong());
        Instant at = Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
        Facets facets = new Facets(word(), Status.of(word()), word(), word(), number());
        return wanted.test(facets) ? rest(id, at, facets) : null;
    }

    private Recorded rest(EntryId id, Instant at, Facets facets) {
        Entry.Visitor visitor = new Entry.Visitor(facets.caller(), word(), word(), word(), word());
        Entry.Question question = question(facets.tool());
        String rule = word();
        String message = word();
        int status = in.readShort();
        Long code = number();
        Entry.Answer answer = answer(facets.status(), rule, status);
        Entry.Scene scene = new Entry.Scene(workspaceId, serverId, null, word(), word(), facets.jobId());
        String replica = word();
        return new Recorded(new Row(new Entry(id, at, false, scene, visitor, question, answer), facets.status(),
                facets.type(), code, message, text(), text()), replica);
    }

    private Entry.Question question(String tool) {
        String method = word();
        String era = word();
        return new Entry.Question(era, word(), method, tool, null, in.readLong());
    }

    private Entry.Answer answer(Status outcome, String rule, int status) {
        long duration = in.readLong();
        return new Entry.Answer(outcome, rule, status, null, in.readLong(), duration);
    }

    private Long number() {
        return in.readBoolean() ? in.readLong() : null;
    }

    private String word() {
        short length = in.readShort();
        return length == EntryForm.NONE ? null : in.readCharSequence(length, StandardCharsets.UTF_8).toString();
    }

    private Row.Text text() {
        int length = in.readInt();
        byte[] utf8 = length == EntryForm.NONE ? null : new byte[length];
        if (utf8 != null) {
            in.readBytes(utf8);
        }
        boolean cut = in.readBoolean();
        return in.readBoolean() ? result(utf8) : new Row.Text(utf8, 0, Math.max(0, length), cut, false);
    }

    /** An answer without one is shown as it came, as text. */
    private static Row.Text result(byte[] answer) {
        Result result = Result.of(answer);
        return result == null ? Row.Text.of(TextNode.valueOf(new String(answer, StandardCharsets.UTF_8)).toString(), false)
                : result.text(answer);
    }
}
