package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.upstreams.Difference;
import io.gatehouse.upstreams.RecordedTool;
import io.gatehouse.upstreams.ToolChange;

/** A tool of a proxy server that is not as it was approved, in this dialect. */
@Schema(name = "ToolChange", description = "A tool of a remote MCP server that is not as it was approved")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoToolChange(@Schema(examples = "17") String toolId,
        @Schema(description = "What agents call it", examples = "find_order") String name,
        @Schema(description = "What the remote server calls it", examples = "find_order") String upstreamName,
        @Schema(description = "new, changed or gone", examples = "changed") String change,
        @Schema(description = "Whether agents get it meanwhile") boolean served,
        @Schema(description = "Another tool's name that agents may take it for") String looksLike,
        @Schema(description = "Names what would be approved; not there when it is gone") String digest,
        @Schema(description = "Names what was approved; not there for a new tool") String approvedDigest,
        Instant changedAt, Instant approvedAt,
        @Schema(type = SchemaType.OBJECT, description = "As the remote server has it now") JsonNode definition,
        @Schema(description = "From what was approved to what is there now; what is only written otherwise is left out") List<Step> differences) {

    /** One place that differs. */
    @Schema(name = "ToolDifference")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(@Schema(description = "As in JSON Patch: add, remove or replace", examples = "replace") String op,
            @Schema(description = "JSON Pointer into the definition", examples = "/description") String path,
            @Schema(description = "Any JSON value") JsonNode from, @Schema(description = "Any JSON value") JsonNode to) {
    }

    /** One page of a list. */
    @Schema(name = "ToolChangeList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoToolChange> items, boolean nextPage) {
    }

    /** Which change is approved. */
    @Schema(name = "ToolApprovalInput")
    public record Approval(
            @Schema(nullable = true, description = "The digest that the list of changes has; left out for a tool that is gone", examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08") String digest) {
    }

    static WorkatoToolChange of(ToolChange change) {
        RecordedTool tool = change.tool();
        return new WorkatoToolChange(Long.toString(tool.id()), tool.name(), tool.upstreamName(),
                WorkatoRemoteMapper.word(tool.status()), tool.served(), tool.looksLike(), tool.digest(),
                tool.approvedDigest(), tool.changedAt(), tool.approvedAt(), change.definition(),
                change.differences().stream().map(WorkatoToolChange::step).toList());
    }

    private static Step step(Difference difference) {
        return new Step(difference.op(), difference.path(), difference.from(), difference.to());
    }
}
