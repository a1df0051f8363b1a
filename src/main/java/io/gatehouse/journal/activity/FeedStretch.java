package io.gatehouse.journal.activity;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a reader of the {@link Feed} gets at once.
 *
 * @param next from where to read on
 * @param isLast whether this was all that could be read by now
 */
public record FeedStretch(List<Told> entries, FeedPosition next, boolean isLast) {

    /** An entry, with whose it is, and how far its reader is then. */
    public record Told(long workspaceId, long serverId, ObjectNode entry, FeedPosition position) {
    }
}
