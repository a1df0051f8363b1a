package io.gatehouse.gateway.stage;

import io.gatehouse.gateway.Reply;
import io.vertx.core.buffer.Buffer;

/** What is kept for the record of a streamed answer: its beginning, or that of the last event of a stream of events. */
public final class Captured {

    private static final Buffer BETWEEN = Buffer.buffer("\n\n");

    private final int most;
    private final boolean events;
    private Buffer kept = Buffer.buffer();
    private long bytes;

    public Captured(Reply.Stream stream, int most) {
        this.most = most;
        this.events = stream.isEvents();
    }

    public void add(Buffer part) {
        bytes += part.length();
        if (events && endsEvent() && part.length() > BETWEEN.length()) {
            kept = Buffer.buffer();
        }
        int room = Math.min(most - kept.length(), part.length());
        if (room > 0) {
            kept.appendBuffer(part, 0, room);
        }
    }

    private boolean endsEvent() {
        int length = kept.length();
        return length >= 2 && kept.getByte(length - 1) == '\n' && kept.getByte(length - 2) == '\n';
    }

    public byte[] text() {
        return kept.getBytes();
    }

    long bytes() {
        return bytes;
    }

    /** The beginning of a whole answer. */
    public static byte[] beginning(Buffer body, int most) {
        return body.length() <= most ? body.getBytes() : body.getBytes(0, most);
    }
}
