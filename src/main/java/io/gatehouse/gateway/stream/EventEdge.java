package io.gatehouse.gateway.stream;

import io.vertx.core.buffer.Buffer;

/** Knows whether a stream of server-sent events stands between two of them, where a comment may stand. */
final class EventEdge {

    /** Line ends since the last other character; a return and a line feed behind it are one. */
    private int lineEnds = 2;
    private boolean afterReturn;

    void passed(Buffer part) {
        for (int i = Math.max(0, part.length() - 4); i < part.length(); i++) {
            byte b = part.getByte(i);
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
    }

    boolean isBetweenEvents() {
        return lineEnds >= 2;
    }
}
