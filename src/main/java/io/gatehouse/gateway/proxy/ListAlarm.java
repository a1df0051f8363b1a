package io.gatehouse.gateway.proxy;

import io.gatehouse.kernel.Problem;
import io.vertx.core.buffer.Buffer;

/**
 * Looks through a message that is too large to be held, while it passes, for a list of tools: a member {@code tools} of the
 * result, which the answer to another question does not have. Whoever hides it in spellings raises the alarm too.
 */
final class ListAlarm {

    private static final String KEY = "tools";

    /** Of a member of the result: inside of the message, and inside of that. */
    private static final int DEPTH = 2;

    private int depth;
    private boolean begun;
    private boolean inText;
    private boolean escaped;
    private boolean mayBeKey;
    private int length;

    /** @throws Problem UPSTREAM once a list may be in it */
    void look(Buffer part) {
        byte[] bytes = part.getBytes();
        for (byte b : bytes) {
            if (b == 0) {
                throw alarm();
            }
            if (inText) {
                insideText(b);
            } else {
                outsideOfText(b);
            }
        }
    }

    private void insideText(byte b) {
        if (escaped) {
            escaped = false;
        } else if (b == '"') {
            inText = false;
            mayBeKey &= length < 0 || length == KEY.length();
        } else if (b == '\\') {
            escaped = true;
            length = -1;
        } else if (length >= 0) {
            mayBeKey &= length < KEY.length() && b == KEY.charAt(length);
            length++;
        }
    }

    private void outsideOfText(byte b) {
        switch (b) {
            case '"' -> {
                inText = true;
                length = 0;
                mayBeKey = depth == DEPTH;
            }
            case '{' -> depth++;
            case '[' -> {
                if (!begun) {
                    throw alarm();
                }
                depth++;
            }
            case '}', ']' -> depth--;
            case ':' -> {
                if (mayBeKey) {
                    throw alarm();
                }
            }
            default -> {
                return;
            }
        }
        begun = true;
    }

    private static Problem alarm() {
        return Problem.upstreamFault("not_mcp", "The MCP server behind this one lists tools where nobody asked for them");
    }
}
