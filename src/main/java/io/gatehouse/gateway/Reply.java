package io.gatehouse.gateway;

import java.util.Map;

import io.vertx.core.buffer.Buffer;

/** How a request is answered. Streams join here as a further kind. */
public sealed interface Reply {

    int status();

    /** One JSON body. */
    record Json(int status, Map<String, String> headers, Buffer body) implements Reply {

        public Json(int status, Buffer body) {
            this(status, Map.of(), body);
        }
    }

    /** A notification was taken; there is nothing to say. */
    record Accepted() implements Reply {

        @Override
        public int status() {
            return 202;
        }
    }
}
