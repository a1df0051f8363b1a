package io.gatehouse.journal.activity;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Entries, the newest first.
 *
 * @param next where to go on; null at the end. A page may be short, even empty, and not the last: so much was looked through
 */
public record LogPage(List<ObjectNode> entries, LogCursor next) {
}
