package io.gatehouse.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.proxied.Messages;
import io.gatehouse.gateway.call.RemoteTools;
import io.gatehouse.gateway.protocol.Lists;
import io.vertx.core.buffer.Buffer;

/**
 * Finds the lists of tools in what an upstream says, whichever question it answers by them, and gives them the server's own
 * words. All else keeps its bytes, and is not even read where no list can be in it.
 */
final class JudgedLists {

    private static final byte[] KEY = bytes("\"tools\"");

    /** How a key could be written otherwise: its letters from {@code \}{@code u006c} to {@code \}{@code u0074}. */
    private static final byte[] ESCAPED_L_OR_O = bytes("\\u006");
    private static final byte[] ESCAPED_S_OR_T = bytes("\\u007");

    private final RemoteTools tools;
    private final boolean asked;
    private final Runnable doubt;

    /**
     * @param asked whether a list is what the upstream was asked for: then all it says is read
     * @param doubt runs when the upstream lists its tools otherwise than the plan has them
     */
    JudgedLists(RemoteTools tools, boolean asked, Runnable doubt) {
        this.tools = tools;
        this.asked = asked;
        this.doubt = doubt;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    boolean mustRead(byte[] text) {
        return asked || mentions(text);
    }

    /** Whether a list may be in it; a zero tells of another encoding than UTF-8, in which it can't be seen. */
    static boolean mentions(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b == '"' && stands(KEY, text, i)
                    || b == '\\' && (stands(ESCAPED_L_OR_O, text, i) || stands(ESCAPED_S_OR_T, text, i)) || b == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(byte[] word, byte[] text, int at) {
        return text.length - at >= word.length && text[at + 1] == word[1]
                && Arrays.equals(word, 0, word.length, text, at, at + word.length);
    }

    /**
     * @return the same where it has no list
     * @throws io.gatehouse.kernel.Problem UPSTREAM for what must be read, and is no message
     */
    Buffer judged(Buffer message) {
        if (!mustRead(message.getBytes())) {
            return message;
        }
        ObjectNode read = Messages.parse(message);
        if (!read.at("/result/tools").isArray()) {
            return message;
        }
        if (ToolRules.apply(tools, read)) {
            doubt.run();
        }
        keepBriefly((ObjectNode) read.path("result"));
        return Buffer.buffer(read.toString());
    }

    /** What is served now may be withheld soon, and no cache between here and the agent would know. */
    private static void keepBriefly(ObjectNode result) {
        JsonNode millis = result.path("ttlMs");
        if (millis.isMissingNode() && !result.has("cacheScope")) {
            return;
        }
        result.put("cacheScope", "private");
        if (!millis.canConvertToLong() || millis.asLong() > Lists.KEPT_MILLIS) {
            result.put("ttlMs", Lists.KEPT_MILLIS);
        }
    }
}
