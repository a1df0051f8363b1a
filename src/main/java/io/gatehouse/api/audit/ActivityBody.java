package io.gatehouse.api.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.access.Workspace;
import io.gatehouse.journal.audit.AuditEntry;

/** One entry of the audit trail in the shapes of this API. */
@Schema(name = "ActivityLogEntry")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActivityBody(long id, Named workspace,
        Actor user, Instant timestamp,
        @Schema(description = "The type of thing and what became of it, such as mcp_server.renamed") String eventType,
        Details details, Resource resource) {

    /** A thing by its id and name. */
    @Schema(name = "ActivityLogWorkspace")
    public record Named(long id, String name) {
    }

    /** Who did it. */
    @Schema(name = "ActivityLogUser")
    public record Actor(@Schema(description = "Such as user:7 or client:12") String id,
            @Schema(description = "user, client or system") String type) {
    }

    /** How it was asked for, and what changed by it. */
    @Schema(name = "ActivityLogDetails")
    public record Details(Request request,
            @Schema(description = "Each field that differs, with before and after; secrets are masked") Map<String, JsonNode> activity) {
    }

    /** Where a change came from. */
    @Schema(name = "ActivityLogRequest")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Request(String id, String ip, String userAgent,
            @Schema(description = "The dialect of the request, such as workato or celigo") String source) {
    }

    /** What was changed. */
    @Schema(name = "ActivityLogResource")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resource(String id, String type, String name) {
    }

    /** A page with the number of all entries that were asked for. */
    @Schema(name = "ActivityLog")
    public record Page(List<ActivityBody> data, long total) {
    }

    static ActivityBody of(AuditEntry entry, Workspace workspace) {
        return new ActivityBody(entry.id(), new Named(workspace.id(), workspace.name()),
                new Actor(entry.actor(), entry.actor().replaceFirst(":.*", "")), entry.at(), entry.action(),
                new Details(new Request(entry.requestId(), entry.address(), entry.userAgent(), entry.source()),
                        entry.changes()),
                new Resource(entry.resourceId(), entry.resourceType(), entry.resourceName()));
    }
}
