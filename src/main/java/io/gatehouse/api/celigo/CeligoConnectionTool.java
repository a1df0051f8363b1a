package io.gatehouse.api.celigo;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.upstreams.Difference;
import io.gatehouse.upstreams.RecordedTool;
import io.gatehouse.upstreams.ToolChange;

/** A tool of a third-party MCP server as it is recorded, in this dialect. */
@Schema(name = "McpConnectionTool", description = "A tool of a third-party MCP server")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CeligoConnectionTool(@JsonProperty("_id") @Schema(format = "objectId") String id,
        @Schema(description = "What agents call it", examples = "find_page") String name,
        @Schema(description = "What its server calls it", examples = "find") String originalName, String title,
        @Schema(description = "What agents read") String description,
        @Schema(description = "What its server says of it") String originalDescription,
        @Schema(description = "Whether it is off") boolean disabled,
        @Schema(description = "Whether agents get it") boolean served,
        @Schema(description = "current, or how it departs from what was approved: new, changed or gone", examples = "current") String status,
        @Schema(description = "Another tool's name that agents may take it for") String looksLike,
        @Schema(description = "Names what would be approved; not there when it is gone") String digest,
        @Schema(description = "Names what was approved; not there for a new tool") String approvedDigest,
        Instant changedAt, Instant approvedAt) {

    static CeligoConnectionTool of(RecordedTool tool) {
        return new CeligoConnectionTool(tool.objectId(), tool.name(), tool.upstreamName(), tool.title(),
                tool.description(), tool.originalDescription(), !tool.enabled(), tool.served(),
                CeligoConnectionMapper.word(tool.status()), tool.looksLike(), tool.digest(), tool.approvedDigest(),
                tool.changedAt(), tool.approvedAt());
    }

    /** How agents are to get a tool. */
    @Schema(name = "McpConnectionToolRequest", description = "How agents are to get it; what is left out is as its server has it")
    public record Request(
            @Schema(maxLength = 64, description = "Letters, digits, underscores and hyphens, where it is not its server's own", examples = "find_page") String name,
            @Schema(maxLength = 10_000) String description, @Schema(defaultValue = "false") Boolean disabled) {
    }

    /** A tool that is not as it was approved. */
    @Schema(name = "McpConnectionToolChange", description = "A tool of a third-party MCP server that is not as it was approved")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(@JsonProperty("_id") @Schema(format = "objectId") String id,
            @Schema(description = "What agents call it", examples = "find_page") String name,
            @Schema(description = "What its server calls it", examples = "find") String originalName,
            @Schema(description = "new, changed or gone", examples = "changed") String status,
            @Schema(description = "Whether agents get it meanwhile") boolean served,
            @Schema(description = "Another tool's name that agents may take it for") String looksLike,
            @Schema(description = "Names what would be approved; not there when it is gone") String digest,
            @Schema(description = "Names what was approved; not there for a new tool") String approvedDigest,
            Instant changedAt, Instant approvedAt,
            @Schema(type = SchemaType.OBJECT, description = "As its server has it now") JsonNode definition,
            @Schema(description = "From what was approved to what is there now; what is only written otherwise is left out") List<Step> differences) {

        static Change of(ToolChange change) {
            RecordedTool tool = change.tool();
            return new Change(tool.objectId(), tool.name(), tool.upstreamName(),
                    CeligoConnectionMapper.word(tool.status()), tool.served(), tool.looksLike(), tool.digest(),
                    tool.approvedDigest(), tool.changedAt(), tool.approvedAt(), change.definition(),
                    change.differences().stream().map(Step::of).toList());
        }
    }

    /** One place that differs. */
    @Schema(name = "McpConnectionToolDifference")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(@Schema(description = "As in JSON Patch: add, remove or replace", examples = "replace") String op,
            @Schema(description = "JSON Pointer into the definition", examples = "/description") String path,
            @Schema(description = "Any JSON value") JsonNode from, @Schema(description = "Any JSON value") JsonNode to) {

        static Step of(Difference difference) {
            return new Step(difference.op(), difference.path(), difference.from(), difference.to());
        }
    }

    /** Which change is approved. */
    @Schema(name = "McpConnectionToolApproval")
    public record Approval(
            @Schema(nullable = true, description = "The digest that the list of changes has; left out for a tool that is gone", examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08") String digest) {
    }
}
