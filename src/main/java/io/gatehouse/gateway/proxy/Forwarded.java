package io.gatehouse.gateway.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.gatehouse.engine.proxied.HeaderText;
import io.gatehouse.engine.proxied.UpstreamRequest;
import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Message;
import io.gatehouse.platform.telemetry.Trail;
import io.vertx.core.buffer.Buffer;

/**
 * A client's request as it goes on to the upstream. Its headers are made anew: what MCP defines passes, and nothing else
 * does.
 */
final class Forwarded {

    private static final String PREFIX = "mcp-";
    private static final String SESSION = "mcp-session-id";
    private static final String NAME = "mcp-name";

    private Forwarded() {
    }

    /**
     * @param session null for none
     * @param upstreamName of the tool that is called, where it is another than the agent's; or null
     * @param trail of the request
     */
    static UpstreamRequest of(Turn turn, SealedSession.Opened session, String upstreamName, Trail trail) {
        Arrival arrival = turn.known().located().arrival();
        boolean hasBody = turn.body().length() > 0;
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        if (hasBody) {
            headers.add(Map.entry("Content-Type", "application/json"));
        }
        String accept = String.join(", ", arrival.headers().getAll("Accept"));
        headers.add(Map.entry("Accept", accept.isEmpty() ? "application/json, text/event-stream" : accept));
        for (Map.Entry<String, String> header : arrival.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX) && !name.equals(SESSION)) {
                headers.add(name.equals(NAME) && upstreamName != null
                        ? Map.entry(header.getKey(), HeaderText.encoded(upstreamName))
                        : header);
            } else if (name.equals("last-event-id")) {
                headers.add(header);
            }
        }
        if (session != null) {
            headers.add(Map.entry("Mcp-Session-Id", session.id()));
            if (session.cookie() != null) {
                headers.add(Map.entry("Cookie", session.cookie()));
            }
        }
        headers.addAll(trail.mcpHeaders());
        Buffer body = upstreamName == null ? turn.body() : NameSplice.rename(turn.body(), upstreamName);
        return new UpstreamRequest(arrival.method(), headers, hasBody ? MetaSplice.put(body, trail.meta()) : null,
                isStream(turn.message()));
    }

    /** Whether the answer is open for as long as the client listens. */
    static boolean isStream(Message message) {
        return message.isListening();
    }
}
