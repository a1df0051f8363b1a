package io.gatehouse.journal.audit;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the ledger has of one change.
 *
 * @param changes the fields that differ, each with {@code before} and {@code after}
 */
public record AuditEntry(long id, Instant at, String actor, String source, String requestId, String address,
        String userAgent, String action, String resourceType, String resourceId, String resourceName,
        Map<String, JsonNode> changes) {
}
