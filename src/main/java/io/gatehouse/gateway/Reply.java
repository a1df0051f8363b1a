package io.gatehouse.gateway;

import java.util.Map;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.buffer.Buffer;

/** How a request is answered. */
public sealed interface Reply {

    int status();

    Map<String, String> headers();

    /** One JSON body. */
    record Json(int status, Map<String, String> headers, Buffer body) implements Reply {

        public Json(int status, Buffer body) {
            this(status, Map.of(), body);
        }
    }

    /** There is nothing to say. */
    record Empty(int status, Map<String, String> headers) implements Reply {

        /** A notification was taken. */
        public static final Empty ACCEPTED = new Empty(202, Map.of());
    }

    /**
     * An answer that comes in parts; it must be subscribed to, even to be dropped.
     *
     * @param parts for one subscriber, whose cancellation stops their source
     * @param farewell written when Gatehouse ends a stream of events; empty for nothing
     */
    record Stream(int status, Map<String, String> headers, Multi<Buffer> parts, Span span,
            Buffer farewell) implements Reply {

        static final String EVENTS = "text/event-stream";

        /** When a stream ends. */
        public enum Span {
            /** By itself, for it answers a request; or when its reader goes. */
            ANSWER,
            /** By itself, even though its reader goes. */
            WORK,
            /** When its reader goes: it is open for as long as somebody listens, and may be silent. */
            REST
        }

        /** The answer to one request. */
        public Stream(int status, Map<String, String> headers, Multi<Buffer> parts) {
            this(status, headers, parts, Span.ANSWER, Buffer.buffer());
        }

        /** Whether the parts are server-sent events. */
        public boolean isEvents() {
            return headers.getOrDefault("Content-Type", "").startsWith(EVENTS);
        }

        public Stream with(Multi<Buffer> otherParts) {
            return new Stream(status, headers, otherParts, span, farewell);
        }

        /** The same, with these last words when Gatehouse ends it. */
        public Stream saying(Buffer lastWords) {
            return new Stream(status, headers, parts, span, lastWords);
        }

        /** The same, carried out to its end though its reader goes. */
        public Stream asWork() {
            return new Stream(status, headers, parts, Span.WORK, farewell);
        }

        /** Lets its source know that nobody will read it: it is stopped. */
        public void drop() {
            read().cancel();
        }

        /** The reader went before it began. */
        public void leave() {
            if (span == Span.WORK) {
                read();
            } else {
                drop();
            }
        }

        /** For nobody. */
        private Cancellable read() {
            return parts.subscribe().with(part -> {
            }, failure -> {
            });
        }
    }
}
