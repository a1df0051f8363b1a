package io.gatehouse.api.workato;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** An MCP server in this dialect. */
@Schema(name = "McpServer")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoServer(String handle, String name, String description, long folderId, long projectId, URI mcpUrl,
        String authenticationMethod, String serverType, @JsonProperty("_id") String objectId, Instant createdAt,
        Instant updatedAt) {

    /** What a create request says. */
    @Schema(name = "McpServerInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(@Schema(required = true) String name, @Schema(required = true) Long folderId,
            @Schema(enumeration = {
                    "token", "workato_idp", "sso" }) String authenticationMethod,
            String description){
    }

    /** One page of a list. */
    @Schema(name = "McpServerList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoServer> items, boolean nextPage) {
    }

    /** A tool on a server. */
    @Schema(name = "Tool")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Tool(String id, String name, String description, String triggerApplication, String toolName,
            String originalDescription, boolean enabled) {
    }

    /** All tools of a server. */
    @Schema(name = "ToolList")
    public record Tools(List<Tool> items) {
    }

    /** One page of the tools of a server. */
    @Schema(name = "ToolPage")
    @JsonNaming(SnakeCaseStrategy.class)
    public record ToolPage(List<Tool> items, boolean nextPage) {
    }

    /** Which tools to put on a server. */
    @Schema(name = "AssignToolsInput")
    public record ToolsInput(@Schema(required = true) List<ToolReference> tools) {
    }

    /** One entry of the tool catalogue. */
    @Schema(name = "ToolReference")
    @JsonNaming(SnakeCaseStrategy.class)
    public record ToolReference(@Schema(required = true) String triggerApplication,
            @Schema(required = true, implementation = String.class, description = "Id of the endpoint; a number is taken too") JsonNode id) {
    }

    /** A token, shown this once. */
    @Schema(name = "McpServerToken")
    public record Token(String token) {
    }
}
