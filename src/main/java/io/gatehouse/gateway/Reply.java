package io.gatehouse.gateway;

import java.util.Map;

import io.smallrye.mutiny.Multi;
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
     * @param rests whether it is open for as long as the client listens, and may be silent; otherwise it answers a request
     *        and comes to an end by itself
     * @param farewell written when Gatehouse ends a resting stream; empty for nothing
     */
    record Stream(int status, Map<String, String> headers, Multi<Buffer> parts, boolean rests,
            Buffer farewell) implements Reply {

        static final String EVENTS = "text/event-stream";

        /** The answer to one request. */
        public Stream(int status, Map<String, String> headers, Multi<Buffer> parts) {
            this(status, headers, parts, false, Buffer.buffer());
        }

        /** Whether the parts are server-sent events. */
        public boolean isEvents() {
            return headers.getOrDefault("Content-Type", "").startsWith(EVENTS);
        }

        public Stream with(Multi<Buffer> otherParts) {
            return new Stream(status, headers, otherParts, rests, farewell);
        }

        /** Lets its source know that nobody will read it. */
        public void drop() {
            parts.subscribe().with(part -> {
            }).cancel();
        }
    }
}
