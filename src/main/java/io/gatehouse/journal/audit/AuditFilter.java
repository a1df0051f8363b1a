package io.gatehouse.journal.audit;

import java.time.Instant;
import java.util.Set;

/**
 * Which entries are asked for. What is null or empty does not matter.
 *
 * @param actions whole ones, such as {@code mcp_server.renamed}, or verbs of any type, such as {@code renamed}
 */
public record AuditFilter(Instant from, Instant to, Set<String> actors, Set<String> types, Set<String> otherTypes,
        Set<String> actions, Set<String> otherActions, String resourceId, String source) {
}
