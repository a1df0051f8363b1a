package io.gatehouse.plan;

import java.net.URI;
import java.time.Duration;

/**
 * A third-party MCP server, as calls reach it.
 *
 * @param url its MCP endpoint
 * @param connectionId the connection whose credential is sent, or null
 * @param timeout for its answer to begin, and between the parts of an answer
 * @param era which generations of MCP it speaks
 * @param card how it introduces itself, as a JSON object: {@code capabilities}, {@code serverInfo} and, where it has any,
 *        {@code instructions}
 */
public record Upstream(long id, String name, URI url, Long connectionId, Duration timeout, Era era, String card) {

    private static final String DOUBT = "upstream-doubt:";

    /** The generations of MCP: by an initialize handshake (legacy), and by metadata of each request (modern). */
    public enum Era {
        LEGACY,
        MODERN,
        DUAL;

        public boolean isLegacy() {
            return this != MODERN;
        }

        public boolean isModern() {
            return this != LEGACY;
        }
    }

    /** The word of change notices for what is registered or found out about an upstream. */
    public static String topic(long id) {
        return "upstream:" + id;
    }

    /** The upstream that such a word is about; null for any other word. */
    public static Long doubted(String topic) {
        return topic.startsWith(DOUBT) ? Long.valueOf(topic.substring(DOUBT.length())) : null;
    }

    /** The word by which a gateway says that an upstream is not as its plan has it, so that somebody looks. */
    public static String doubt(long id) {
        return DOUBT + id;
    }
}
