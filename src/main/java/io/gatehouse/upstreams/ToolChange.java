package io.gatehouse.upstreams;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A tool that is not as it was approved.
 *
 * @param definition as the upstream has it now; null when it is gone
 * @param differences from what was approved; none for a tool that is new or gone
 */
public record ToolChange(RecordedTool tool, JsonNode definition, List<Difference> differences) {
}
