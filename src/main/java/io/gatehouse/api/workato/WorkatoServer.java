package io.gatehouse.api.workato;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.servers.catalogue.Icon;

/** An MCP server in this dialect. */
@Schema(name = "McpServer", description = "An MCP server")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoServer(
        @Schema(description = "Its name in URLs, which never changes", examples = "mcps-h4tq2mzx-9kdr-w7") String handle,
        @Schema(examples = "Order desk") String name, @Schema(examples = "3") long folderId,
        @Schema(description = "Where agents connect; with the token in the answer to its creation only") URI mcpUrl,
        @Schema(description = "token, workato_idp or sso", examples = "token") String authenticationMethod,
        Instant createdAt, Instant updatedAt, @JsonUnwrapped Rest rest) {

    /** What the vendor's document does not have: shown with {@code view=full} only. */
    @Schema(name = "McpServerRest")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rest(@Schema(description = "With view=full") String description,
            @Schema(description = "With view=full") long projectId,
            @Schema(description = "With view=full: composed, or proxy for one that stands for a third-party server", examples = "composed") String serverType,
            @Schema(description = "With view=full") int toolsCount,
            @Schema(description = "With view=full: whether a tool runs as the person who calls it") boolean hasVuaDependentTools,
            @Schema(description = "With view=full: whether agents can use it") boolean enabled,
            @JsonProperty("_id") @Schema(description = "With view=full: the same server's id under /v1") String objectId,
            @Schema(description = "With view=full: its pictures, as in MCP") List<Icon> icons,
            @Schema(description = "With view=full: the third-party server that a proxy server stands for") WorkatoRemote remote) {
    }

    /** What a create or update request says. */
    @Schema(name = "McpServerInput", description = "An MCP server as it is wanted")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(@Schema(required = true, examples = "Order desk") String name,
            @Schema(required = true, examples = "3") Long folderId,
            @Schema(description = "token, workato_idp or sso; hashed_token is taken for token", examples = "token") String authenticationMethod,
            @Schema(description = "At most 1,000 characters; agents read it as instructions") String description,
            @Schema(description = "Pictures for people, as in MCP, 8 at most; an empty list for none, absent for those that there are; a proxy server shows those of its remote MCP server") List<Icon> icons,
            @Schema(enumeration = {
                    "composed",
                    "proxy" }, defaultValue = "composed", description = "Whether it has tools of the catalogue or stands for a third-party server; never changes", examples = "composed") String serverType,
            @Schema(description = "The third-party server of a proxy server") WorkatoRemote.Input remote){
    }

    /** One page of a list. */
    @Schema(name = "McpServerList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoServer> items, boolean nextPage) {
    }

    /** A tool on a server. */
    @Schema(name = "Tool", description = "A tool on an MCP server")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tool(@Schema(examples = "17") String id,
            @Schema(description = "For people", examples = "Find an order") String name,
            @Schema(description = "What agents read") String description,
            @Schema(examples = "workato_api_platform") String triggerApplication,
            @JsonUnwrapped ToolRest rest) {
    }

    /** What the vendor's document does not have of a tool: shown with {@code view=full} only. */
    @Schema(name = "ToolRest")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ToolRest(
            @Schema(description = "With view=full: the name in MCP", examples = "findOrder") String toolName,
            @Schema(description = "With view=full, only for a name of more than 40 characters: that some clients refuse it") String warning,
            @Schema(description = "With view=full: the tool's own description") String originalDescription,
            @Schema(description = "With view=full: whether it is started on this server") boolean enabled,
            @Schema(description = "With view=full: whether the catalogue offers it") boolean active,
            @Schema(description = "With view=full: this server's own pictures of the tool, as in MCP") List<Icon> icons,
            @Schema(description = "With view=full: whether it runs as the person who calls it") boolean vuaRequired,
            @Schema(description = "With view=full, of a remote MCP server: what that calls it") String upstreamName,
            @Schema(description = "With view=full, of a remote MCP server: current, new, changed or gone", examples = "current") String status) {
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

    /** A remote MCP server whose tools a server has all. */
    @Schema(name = "FollowedSource")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Source(@Schema(examples = "6b015c3e9a1f0f2e4c5d6e7f") String upstreamId,
            @Schema(description = "What goes before the names of its tools", examples = "crm_") String prefix) {
    }

    /** All such of a server. */
    @Schema(name = "FollowedSourceList")
    public record Sources(List<Source> items) {
    }

    /** Which tools to put on a server. */
    @Schema(name = "AssignToolsInput")
    public record ToolsInput(
            @Schema(required = true, description = "Can be empty") List<ToolReference> tools,
            @Schema(description = "All tools of these, after the others") List<ToolSource> sources,
            @Schema(description = "Goes before the names of the tools in MCP that this request adds: letters, digits, underscores and hyphens", examples = "crm_") String prefix) {
    }

    /** A place that tools come from. */
    @Schema(name = "ToolSource", description = "An API collection or a remote MCP server, of which all tools are meant that can be put on servers")
    @JsonNaming(SnakeCaseStrategy.class)
    public record ToolSource(Long apiCollectionId,
            @Schema(description = "As remote.upstream_id of a proxy server in the project", examples = "6b015c3e9a1f0f2e4c5d6e7f") String upstreamId,
            @Schema(description = "In place of that of the request", examples = "crm_") String prefix) {
    }

    /** One entry of the tool catalogue. */
    @Schema(name = "ToolReference")
    @JsonNaming(SnakeCaseStrategy.class)
    public record ToolReference(
            @Schema(required = true, description = "workato_api_platform for an operation of an imported API, mcp_proxy for a tool of a remote MCP server", examples = "workato_api_platform") String triggerApplication,
            @Schema(required = true, implementation = String.class, description = "Id in the catalogue; a number is taken too", examples = "17") JsonNode id) {
    }

    /** A tool's text on one server. */
    @Schema(name = "UpdateToolInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record ToolInput(
            @Schema(description = "On a proxy server, the same as tool_name; on another without effect", examples = "") String name,
            @Schema(description = "The tool's name for agents on this server: 1 to 64 letters, digits, underscores and hyphens; empty for the tool's own", examples = "") String toolName,
            @Schema(description = "This server's own words for the tool; empty for those of the tool itself", examples = "Finds an order by its number. Ask for the number first.") String description,
            @Schema(description = "This server's own pictures of the tool, as in MCP, 8 at most; an empty list for those of the tool itself; not on a proxy server") List<Icon> icons) {
    }

    /** Where to move a server. */
    @Schema(name = "UpdateFolderInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record FolderInput(@Schema(required = true, examples = "3") Long folderId) {
    }

    /** A token, shown this once. */
    @Schema(name = "McpServerToken")
    public record Token(@Schema(examples = "gmt_…") String token) {
    }
}
