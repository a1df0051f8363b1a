package io.gatehouse.platform.telemetry;

import java.net.URI;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gatehouse.kernel.Problem;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;

/** One call to somebody else as a span of a client, and where it is a call of an MCP server, a measurement. */
public final class Leg {

    private static final AttributeKey<String> HTTP_METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
    private static final int FIRST_ERROR = 400;

    private final long startedAt = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Trail trail;
    private final Span span;
    private final Attributes measured;

    private Leg(Trail from, String name, Attributes attributes, Attributes measured) {
        this.span = from.signals().tracer().spanBuilder(name).setParent(from.context()).setSpanKind(SpanKind.CLIENT)
                .setAllAttributes(attributes).startSpan();
        this.trail = from.within(from.context().with(span));
        this.measured = measured;
    }

    /** The query may hold secrets, and stays out. */
    public static Leg toApi(Trail from, String method, URI uri) {
        String authority = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        return new Leg(from, method, address(uri).put(HTTP_METHOD, method)
                .put(URL, uri.getScheme() + "://" + authority + uri.getRawPath()).build(), null);
    }

    /** @param tool null for other requests than calls of tools */
    public static Leg toMcp(Trail from, String method, String tool, URI uri) {
        AttributesBuilder attributes = address(uri).put(Signals.METHOD, method).put(Signals.PROTOCOL, "http")
                .put(Signals.TRANSPORT, "tcp");
        if (method.equals(Signals.CALL_TOOL)) {
            attributes.put(Signals.OPERATION, Signals.EXECUTE_TOOL);
        }
        Attributes measured = attributes.build();
        if (tool != null) {
            attributes.put(Signals.TOOL, tool);
        }
        return new Leg(from, tool == null ? method : method + ' ' + tool, attributes.build(), measured);
    }

    private static AttributesBuilder address(URI uri) {
        int known = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return Attributes.builder().put(Signals.SERVER, uri.getHost() == null ? "" : uri.getHost())
                .put(Signals.PORT, (long) (uri.getPort() < 0 ? known : uri.getPort()));
    }

    /** What goes out with it. */
    public Trail trail() {
        return trail;
    }

    /** @param status of HTTP */
    public void answered(int status) {
        span.setAttribute(HTTP_STATUS, (long) status);
        end(status < FIRST_ERROR ? null : Integer.toString(status));
    }

    public void failed(Throwable failure) {
        end(failure instanceof Problem problem ? problem.kind().name().toLowerCase(Locale.ROOT) : "_OTHER");
    }

    public void cancelled() {
        end("cancelled");
    }

    /**
     * Only the first of several ends counts.
     *
     * @param error as {@code error.type} has it, or null
     */
    public void end(String error) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        if (error != null) {
            span.setAttribute(Signals.ERROR, error).setStatus(StatusCode.ERROR);
        }
        span.end();
        if (measured != null) {
            trail.signals().called(System.nanoTime() - startedAt,
                    error == null ? measured : measured.toBuilder().put(Signals.ERROR, error).build());
        }
    }
}
