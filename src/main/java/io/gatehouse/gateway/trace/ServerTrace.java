package io.gatehouse.gateway.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Reply;
import io.gatehouse.platform.telemetry.Signals;
import io.gatehouse.platform.telemetry.Trail;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.Clock;
import io.vertx.core.http.HttpServerRequest;

/**
 * The span of one request. It is begun when its message is read, for that tells what it belongs to, from the time at which
 * the request came in; stages that were over by then join it.
 */
public final class ServerTrace {

    private static final Clock CLOCK = Clock.getDefault();

    private final Signals signals;
    private final HttpServerRequest request;
    private final String requestId;
    private final long startedAt = CLOCK.now();
    private final List<Runnable> early = new ArrayList<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private Context context;
    private Context working;

    ServerTrace(Signals signals, HttpServerRequest request, String requestId) {
        this.signals = signals;
        this.request = request;
        this.requestId = requestId;
    }

    /** The trace as recorded, or null. */
    public String traceId() {
        SpanContext span = context == null ? SpanContext.getInvalid() : Span.fromContext(context).getSpanContext();
        return span.isSampled() ? span.getTraceId() : null;
    }

    /** What goes out while the request is carried out. */
    public Trail trail() {
        return working == null ? Trail.of(requestId) : Trail.of(requestId, signals, working);
    }

    /** @return ends it */
    Runnable stage(String name) {
        long from = CLOCK.now();
        AtomicBoolean over = new AtomicBoolean();
        return () -> {
            if (over.compareAndSet(false, true)) {
                long until = CLOCK.now();
                if (context == null) {
                    early.add(() -> span(name, from).end(until, TimeUnit.NANOSECONDS));
                } else {
                    span(name, from).end(until, TimeUnit.NANOSECONDS);
                }
            }
        };
    }

    private Span span(String name, long from) {
        return signals.tracer().spanBuilder(name).setParent(context).setStartTimestamp(from, TimeUnit.NANOSECONDS).startSpan();
    }

    /** What is called in it is called by it. */
    Runnable execute() {
        Span span = span("execute", CLOCK.now());
        working = context.with(span);
        return () -> span.end(CLOCK.now(), TimeUnit.NANOSECONDS);
    }

    /** Everything is known that the caller says of its own trace. */
    void open(Arrival arrival) {
        if (context != null) {
            return;
        }
        JsonNode meta = arrival.observation().turn() == null ? null
                : arrival.observation().turn().message().params().path("_meta");
        Context told = Parents.of(meta);
        Context header = Parents.of(arrival.headers());
        SpanBuilder span = signals.tracer().spanBuilder("mcp").setSpanKind(SpanKind.SERVER)
                .setParent(told == null ? header == null ? Context.root() : header : told)
                .setStartTimestamp(startedAt, TimeUnit.NANOSECONDS)
                .setAllAttributes(Facts.whence(request, arrival));
        if (told != null && header != null) {
            span.addLink(Span.fromContext(header).getSpanContext());
        }
        context = Context.root().with(span.startSpan());
        early.forEach(Runnable::run);
        early.clear();
    }

    Reply watch(Arrival arrival, Reply reply) {
        return Verdict.watch(arrival, reply, error -> end(arrival, error));
    }

    /** @param error as {@code error.type} has it, or null */
    void end(Arrival arrival, String error) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        open(arrival);
        long until = CLOCK.now();
        Facts facts = new Facts(arrival, error);
        Span span = Span.fromContext(context);
        if (span.isRecording()) {
            span.updateName(facts.name()).setAllAttributes(facts.all());
            if (error != null) {
                span.setStatus(StatusCode.ERROR);
            }
        }
        span.end(until, TimeUnit.NANOSECONDS);
        signals.served(until - startedAt, facts.measured());
    }
}
