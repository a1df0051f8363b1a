package io.gatehouse.gateway.trace;

import com.fasterxml.jackson.databind.JsonNode;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.MultiMap;

/** What callers say of their own traces (W3C Trace Context), in the message and in headers. */
final class Parents {

    private static final TextMapGetter<JsonNode> META = new TextMapGetter<>() {

        @Override
        public Iterable<String> keys(JsonNode meta) {
            return meta::fieldNames;
        }

        @Override
        public String get(JsonNode meta, String key) {
            return meta.path(key).textValue();
        }
    };

    private static final TextMapGetter<MultiMap> HEADERS = new TextMapGetter<>() {

        @Override
        public Iterable<String> keys(MultiMap headers) {
            return headers.names();
        }

        @Override
        public String get(MultiMap headers, String key) {
            return headers.get(key);
        }
    };

    private Parents() {
    }

    /** @return null for nothing valid */
    static Context of(JsonNode meta) {
        return meta == null ? null : of(meta, META);
    }

    /** @return null for nothing valid */
    static Context of(MultiMap headers) {
        return of(headers, HEADERS);
    }

    private static <T> Context of(T carrier, TextMapGetter<T> getter) {
        Context context = W3CTraceContextPropagator.getInstance().extract(Context.root(), carrier, getter);
        return Span.fromContext(context).getSpanContext().isValid() ? context : null;
    }
}
