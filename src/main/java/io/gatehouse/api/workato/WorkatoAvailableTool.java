package io.gatehouse.api.workato;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.servers.catalogue.CatalogueTool;

/** An entry of the tool catalogue in this dialect. */
@Schema(name = "AvailableTool", description = "A tool that servers can offer")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoAvailableTool(@Schema(description = "What assign_tools takes", examples = "17") String id,
        @Schema(description = "What assign_tools takes", examples = "workato_api_platform") String triggerApplication,
        @Schema(description = "For people") String name, String description,
        @Schema(description = "The name in MCP, where no other tool of the server has it") String toolName,
        long projectId, @Schema(description = "Whether it is on at all") boolean active,
        @JsonProperty("_id") @Schema(description = "The same tool's id under /v1") String objectId,
        @Schema(description = "Of an imported API: the collection, which assign_tools takes whole") Long apiCollectionId,
        @Schema(description = "Of a third-party MCP server: its id, which assign_tools takes whole") String upstreamId) {

    /** One page of a list. */
    @Schema(name = "AvailableToolList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoAvailableTool> items, boolean nextPage) {
    }

    static WorkatoAvailableTool of(CatalogueTool tool) {
        return new WorkatoAvailableTool(Long.toString(tool.id()), WorkatoServerMapper.application(tool.source().kind()),
                tool.title() == null ? tool.name() : tool.title(), tool.description(), tool.name(), tool.projectId(),
                tool.active(), tool.objectId(), tool.source().collectionId(), tool.source().upstreamId());
    }
}
