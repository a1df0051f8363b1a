package io.gatehouse.upstreams;

import java.time.Instant;

/**
 * A tool of an upstream as it is recorded.
 *
 * @param id in the catalogue
 * @param objectId the same entry's other id
 * @param upstreamName as the upstream calls it
 * @param name as agents call it
 * @param title for people, or null
 * @param description what agents read
 * @param originalDescription the upstream's own words
 * @param enabled whether it is started
 * @param served whether agents get it
 * @param looksLike another tool's name that it may be taken for, where nobody has approved that; or null
 * @param digest of the definition that the upstream has now; null when it is gone
 * @param approvedDigest null when none was approved
 * @param approvedBy the caller's subject, or null
 * @param inputSchema as JSON text; null where the definition has none
 */
public record RecordedTool(long id, String objectId, String upstreamName, String name, String title, String description,
        String originalDescription, boolean enabled, boolean served, ToolStatus status, String looksLike, String digest,
        String approvedDigest, Instant firstSeenAt, Instant changedAt, Instant approvedAt, String approvedBy,
        String inputSchema) {
}
