package io.gatehouse.api.celigo;

import java.math.BigDecimal;
import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** One entry of the activity log as this dialect shows it. */
@Schema(name = "McpServerLogEntry", description = "A message to an MCP server, and what became of it. What does not apply is left out")
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record CeligoLogEntry(@JsonProperty("_id") @Schema(name = "_id", format = "uuid") String id, Instant time,
        @Schema(examples = "tool_call") String type, @Schema(enumeration = {
                "info", "warning", "error" }) String level,
        @Schema(examples = "success") String status, @Schema(examples = "tools/call") String method, String tool,
        @JsonProperty("_byUserId") @Schema(name = "_byUserId", description = "Who called, such as user:7 or token:12") String byUserId,
        String userName, String authentication, String ip, String userAgent,
        @Schema(description = "The rule by which it was refused") String rule, Fault error, Integer httpStatus,
        BigDecimal durationMs, @Schema(enumeration = { "modern", "legacy", "none" }) String era, String protocolVersion,
        String requestId, String traceId, String replica, @JsonProperty("_jobId") @Schema(name = "_jobId") Long jobId,
        @Schema(description = "How long the request was, and its input, masked and bounded, where that is recorded") JsonNode request,
        @Schema(description = "How long the answer was, and its output, likewise") JsonNode response){

    /** What the answer said had gone wrong. */
    @Schema(name = "McpServerLogError")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record Fault(Long code, String message) {
    }

    /** @param entry in the shape that is common to all who read the log */
    static CeligoLogEntry of(ObjectNode entry) {
        JsonNode user = entry.path("user");
        JsonNode error = entry.path("error");
        return new CeligoLogEntry(text(entry, "id"), Instant.parse(text(entry, "timestamp")), text(entry, "type"),
                text(entry, "level"), text(entry, "status"), text(entry, "method"), text(entry, "tool"), text(user, "id"),
                text(user, "name"), text(user, "authentication"), text(user, "ip"), text(user, "user_agent"),
                text(entry, "rule"), error.isObject() ? new Fault(number(error, "code"), text(error, "message")) : null,
                entry.path("http_status").isNumber() ? entry.path("http_status").intValue() : null,
                entry.path("duration_ms").decimalValue(), text(entry, "era"), text(entry, "protocol_version"),
                text(entry, "request_id"), text(entry, "trace_id"), text(entry, "replica"), number(entry, "job_id"),
                entry.get("request"), entry.get("response"));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).textValue();
    }

    private static Long number(JsonNode node, String name) {
        return node.path(name).isNumber() ? node.path(name).longValue() : null;
    }
}
