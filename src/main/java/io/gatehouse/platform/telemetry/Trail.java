package io.gatehouse.platform.telemetry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gatehouse.platform.web.RequestId;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapSetter;

/** What ties the calls that a request causes to it: the request's id and, where it is traced, the span that causes them. */
public final class Trail {

    /** Of what no request causes. */
    public static final Trail NONE = of(null);

    private static final TextMapSetter<Map<String, String>> SETTER = Map::put;

    private final String requestId;
    private final Signals signals;
    private final Context context;

    private Trail(String requestId, Signals signals, Context context) {
        this.requestId = requestId;
        this.signals = signals;
        this.context = context;
    }

    /** Without a trace. */
    public static Trail of(String requestId) {
        return new Trail(requestId, null, null);
    }

    public static Trail of(String requestId, Signals signals, Context context) {
        return new Trail(requestId, signals, context);
    }

    Trail within(Context inner) {
        return new Trail(requestId, signals, inner);
    }

    public boolean isTraced() {
        return signals != null;
    }

    Signals signals() {
        return signals;
    }

    Context context() {
        return context;
    }

    /** What goes out with a call; it takes the place of whatever the caller says under the same names. */
    public List<Map.Entry<String, String>> headers() {
        if (requestId == null) {
            return List.of();
        }
        if (context == null) {
            return List.of(Map.entry(RequestId.HEADER, requestId));
        }
        Map<String, String> headers = members();
        headers.put(RequestId.HEADER, requestId);
        return List.copyOf(headers.entrySet());
    }

    /** The same for a call of another MCP server, which learns of an agent's own trace where Gatehouse records none. */
    public List<Map.Entry<String, String>> mcpHeaders() {
        return isRecorded() || context == null ? headers() : List.of(Map.entry(RequestId.HEADER, requestId));
    }

    /** What {@code _meta} of a message to another MCP server says of the span; empty for what the agent said. */
    public Map<String, String> meta() {
        return isRecorded() ? members() : Map.of();
    }

    private boolean isRecorded() {
        return context != null && Span.fromContext(context).isRecording();
    }

    private Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, members, SETTER);
        return members;
    }
}
