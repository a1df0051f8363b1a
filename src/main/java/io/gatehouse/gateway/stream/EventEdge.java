package io.gatehouse.gateway.stream;

import io.vertx.core.buffer.Buffer;

/** Knows whether a stream of server-sent events stands between two of them, where a comment may stand. */
final class EventEdge {

    /** Line ends since the last other character; a return and a line feed behind it are one. */
    private int lineEnds = 2;
    private boolean afterReturn;

    void passed(Buffer part) {
        for (int i = Math.max(0, part.length() - 4); i < part.length(); i++) {
            take(part.getByte(i));
        }
    }

    private void take(byte b) {
        if (b == '\n' && afterReturn) {
            afterReturn = false;
        } else if (b == '\n' || b == '\r') {
            lineEnds++;
            afterReturn = b == '\r';
        } else {
            lineEnds = 0;
            afterReturn = false;
        }
    }

    boolean isBetweenEvents() {
        return lineEnds >= 2;
    }

    /** How much of this part may pass until the stream stands between two events; -1 if it will not within it. */
    int nextIn(Buffer part) {
        EventEdge ahead = new EventEdge();
        ahead.lineEnds = lineEnds;
        ahead.afterReturn = afterReturn;
        for (int i = 0; i < part.length(); i++) {
            ahead.take(part.getByte(i));
            boolean isHalfAnEnd = ahead.afterReturn && i + 1 < part.length() && part.getByte(i + 1) == '\n';
            if (ahead.isBetweenEvents() && !isHalfAnEnd) {
                return i + 1;
            }
        }
        return -1;
    }
}
