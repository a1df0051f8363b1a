package io.gatehouse.gateway.stream;

import io.vertx.core.buffer.Buffer;

/** Writes server-sent events. */
public final class Events {

    /** The media type of a stream of them. */
    public static final String TYPE = "text/event-stream";

    private static final String MESSAGE = "event: message\n";

    private Events() {
    }

    /** @param json a message on one line */
    public static Buffer message(String json) {
        return Buffer.buffer(MESSAGE + "data: " + json + "\n\n");
    }

    /** @param id by which a client that lost the stream says how far it came */
    public static Buffer message(String id, String json) {
        return Buffer.buffer(MESSAGE + "id: " + id + "\ndata: " + json + "\n\n");
    }

    /** Tells the client where it is, and nothing else. */
    public static Buffer bookmark(String id) {
        return Buffer.buffer("id: " + id + "\ndata:\n\n");
    }
}
