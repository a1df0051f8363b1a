package io.gatehouse.gateway.proxy;

import io.gatehouse.gateway.stream.LargestAnswer;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;

/**
 * Passes a stream of server-sent events on, event by event and byte for byte, but for the data of those that list tools. So
 * what a client needs to take a stream up again, identifiers and pauses, reaches it. Not safe for several threads.
 */
final class JudgedEvents {

    private final JudgedLists lists;
    private final LargestAnswer largest;
    private Buffer event = Buffer.buffer();
    private boolean lineIsEmpty = true;
    private boolean afterReturn;

    private JudgedEvents(JudgedLists lists, LargestAnswer largest) {
        this.lists = lists;
        this.largest = largest;
    }

    /** Fails with UPSTREAM where a list may be in what can't be read, and with TOO_LARGE for one event beyond all bounds. */
    static Multi<Buffer> of(Multi<Buffer> parts, JudgedLists lists, LargestAnswer largest) {
        JudgedEvents events = new JudgedEvents(lists, largest);
        return Multi.createBy().concatenating()
                .streams(parts.map(events::read), Multi.createFrom().deferred(() -> Multi.createFrom().item(events.rest())))
                .select().where(part -> part.length() > 0);
    }

    /** The events that are complete with this part. */
    private Buffer read(Buffer part) {
        byte[] bytes = part.getBytes();
        Buffer complete = Buffer.buffer(bytes.length);
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (ends(bytes[i], from == i && event.length() == 0)) {
                event.appendBytes(bytes, from, i + 1 - from);
                from = i + 1;
                complete.appendBuffer(rest());
            }
        }
        event.appendBytes(bytes, from, bytes.length - from);
        if (event.length() > largest.bytes()) {
            throw largest.exceeded();
        }
        return complete;
    }

    /** @param first whether nothing of an event has come yet, so that a line feed is the rest of the end before */
    private boolean ends(byte b, boolean first) {
        if (b == '\n' && afterReturn) {
            afterReturn = false;
            return first;
        }
        afterReturn = b == '\r';
        if (b != '\n' && b != '\r') {
            lineIsEmpty = false;
            return false;
        }
        boolean blank = lineIsEmpty;
        lineIsEmpty = true;
        return blank;
    }

    /** What has come of the present event, which counts as the whole of it. */
    private Buffer rest() {
        Buffer whole = event;
        event = Buffer.buffer();
        byte[] bytes = whole.getBytes();
        return lists.mustRead(bytes) ? judged(whole, new EventText(bytes)) : whole;
    }

    private Buffer judged(Buffer whole, EventText text) {
        boolean hides = JudgedLists.mentions(text.others().getBytes());
        if (hides) {
            throw Problem.upstreamFault("not_mcp", "The MCP server behind this one lists tools outside of messages");
        }
        if (text.data().length() == 0) {
            return whole;
        }
        try {
            Buffer data = lists.judged(text.data());
            return data == text.data() ? whole : text.saying(data);
        } catch (Problem unreadable) {
            if (text.isMessage() || JudgedLists.mentions(text.data().getBytes())) {
                throw unreadable;
            }
            return whole;
        }
    }
}
