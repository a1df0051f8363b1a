package io.gatehouse.gateway.protocol;

import java.util.UUID;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.listen.ListNotices;
import io.gatehouse.gateway.stream.Events;
import io.vertx.core.buffer.Buffer;

/**
 * Changes of lists on the stream that a legacy client opens by GET, which asks for nothing in particular. The id of an event
 * is a bookmark: it holds what the client knows of the lists, so that any replica can tell a client which lost its stream
 * what has changed meanwhile.
 */
record LegacyNotices(boolean bookmarksFirst) implements ListNotices {

    private static final String LAST_EVENT = "Last-Event-ID";
    private static final String CHANGED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/%s/list_changed\"}";
    private static final String TOOLS_CHANGED = String.format(CHANGED, "tools");
    private static final String PROMPTS_CHANGED = String.format(CHANGED, "prompts");

    /** What the client last heard of the lists, or null. */
    static Lists last(Arrival arrival) {
        String id = Headers.trimmed(arrival, LAST_EVENT);
        String[] parts = id == null ? new String[0] : id.split("\\.", -1);
        return parts.length == 3 ? new Lists(parts[1], parts[2]) : null;
    }

    /** Begins with a unique part, for the same state may be told twice. */
    private static String bookmark(Lists lists) {
        return UUID.randomUUID() + "." + lists.tools() + "." + lists.prompts();
    }

    @Override
    public boolean tools() {
        return true;
    }

    @Override
    public boolean prompts() {
        return true;
    }

    /** Clients of older revisions take an event without data for a broken message. */
    @Override
    public Buffer opening(Lists known) {
        return bookmarksFirst ? Events.bookmark(bookmark(known)) : Buffer.buffer();
    }

    @Override
    public Buffer toolsChanged(Lists now) {
        return Events.message(bookmark(now), TOOLS_CHANGED);
    }

    @Override
    public Buffer promptsChanged(Lists now) {
        return Events.message(bookmark(now), PROMPTS_CHANGED);
    }

    @Override
    public Buffer farewell() {
        return Buffer.buffer();
    }
}
