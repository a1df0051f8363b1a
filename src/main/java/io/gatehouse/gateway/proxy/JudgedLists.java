package io.gatehouse.gateway.proxy;

import java.nio.charset.StandardCharsets;

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

    private static final String KEY = "\"tools\"";

    /** How a key could be written otherwise: its letters from {@code \}{@code u006c} to {@code \}{@code u0074}. */
    private static final String ESCAPED_L_OR_O = "\\u006";
    private static final String ESCAPED_S_OR_T = "\\u007";

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

    boolean mustRead(byte[] text) {
        return asked || mentions(text);
    }

    /** Whether a list may be in it; a zero tells of another encoding than UTF-8, in which it can't be seen. */
    static boolean mentions(byte[] text) {
        String seen = new String(text, StandardCharsets.ISO_8859_1);
        return seen.contains(KEY) || seen.indexOf(0) >= 0
                || seen.indexOf('\\') >= 0 && (seen.contains(ESCAPED_L_OR_O) || seen.contains(ESCAPED_S_OR_T));
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
