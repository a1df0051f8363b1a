package io.gatehouse.api.celigo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.journal.audit.AuditEntry;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** One entry of the audit trail as this dialect shows it. */
@Schema(name = "AuditEntry", description = "Who changed what")
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record CeligoAuditEntry(@JsonProperty("_id") @Schema(name = "_id", format = "objectId") String id,
        String resourceType, @JsonProperty("_resourceId") @Schema(name = "_resourceId") String resourceId,
        String resourceName, @Schema(description = "The dialect of the request, such as workato or celigo") String source,
        @Schema(description = "What became of the resource, such as renamed") String action, Instant time,
        @JsonProperty("_byUserId") @Schema(name = "_byUserId", description = "Who did it, such as user:7 or client:12") String byUserId,
        String ip, String userAgent, String requestId, List<FieldChange> fieldChanges) {

    /** The types of things for which this dialect has words of its own. */
    private static final Map<String, String> WORDS = Map.of("mcp_server", "mcpserver", "mcp_token", "accesstoken", "project",
            "integration", "upstream", "connection");

    /** What a field was, and what it is; secrets are masked. */
    @Schema(name = "AuditFieldChange")
    @RegisterForReflection
    public record FieldChange(String fieldPath, JsonNode oldValue, JsonNode newValue) {
    }

    static CeligoAuditEntry of(AuditEntry entry) {
        return new CeligoAuditEntry("%024x".formatted(entry.id()),
                WORDS.getOrDefault(entry.resourceType(), entry.resourceType()), entry.resourceId(), entry.resourceName(),
                entry.source(), entry.action().substring(entry.resourceType().length() + 1), entry.at(), entry.actor(),
                entry.address(), entry.userAgent(), entry.requestId(),
                entry.changes().entrySet().stream().map(change -> new FieldChange(change.getKey(),
                        change.getValue().path("before"), change.getValue().path("after"))).toList());
    }

    /** The types of things that a word of this dialect means, or the word itself. */
    static Set<String> types(String word) {
        Set<String> types = WORDS.entrySet().stream().filter(known -> known.getValue().equals(word)).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        types.add(word);
        return types;
    }
}
