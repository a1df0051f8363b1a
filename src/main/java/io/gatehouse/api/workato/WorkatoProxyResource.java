package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.api.Current;
import io.gatehouse.servers.ProxyServers;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.upstreams.Difference;
import io.gatehouse.upstreams.RecordedTool;
import io.gatehouse.upstreams.ToolChange;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What {@code /api/mcp/mcp_servers/{handle}} stands for, where it is a proxy server. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/mcp/mcp_servers")
@Tag(name = "Proxy servers")
public class WorkatoProxyResource {

    private final ProxyServers proxies;
    private final Current current;

    @Inject
    WorkatoProxyResource(ProxyServers proxies, Current current) {
        this.proxies = proxies;
        this.current = current;
    }

    /** A tool that is not as it was approved. */
    @Schema(name = "ToolChange", description = "A tool of a remote MCP server that is not as it was approved")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(@Schema(examples = "17") String toolId,
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

        static Change of(ToolChange change) {
            RecordedTool tool = change.tool();
            return new Change(Long.toString(tool.id()), tool.name(), tool.upstreamName(),
                    WorkatoRemoteMapper.word(tool.status()), tool.served(), tool.looksLike(), tool.digest(),
                    tool.approvedDigest(), tool.changedAt(), tool.approvedAt(), change.definition(),
                    change.differences().stream().map(Step::of).toList());
        }
    }

    /** One place that differs. */
    @Schema(name = "ToolDifference")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(@Schema(description = "As in JSON Patch: add, remove or replace", examples = "replace") String op,
            @Schema(description = "JSON Pointer into the definition", examples = "/description") String path,
            @Schema(description = "Any JSON value") JsonNode from, @Schema(description = "Any JSON value") JsonNode to) {

        static Step of(Difference difference) {
            return new Step(difference.op(), difference.path(), difference.from(), difference.to());
        }
    }

    /** One page of a list. */
    @Schema(name = "ToolChangeList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<Change> items, boolean nextPage) {
    }

    /** Which change is approved. */
    @Schema(name = "ToolApprovalInput")
    public record Approval(
            @Schema(nullable = true, description = "The digest that the list of changes has; left out for a tool that is gone", examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08") String digest) {
    }

    @POST
    @Path("/{handle}/refresh_tools")
    @Operation(operationId = "refreshMcpServerTools", summary = "Look at a remote MCP server now", description = "Compares its tools with the record, as it happens every minute anyway. When it can't be reached, its state says so.")
    public Uni<WorkatoRemote> refresh(@PathParam("handle") String handle) {
        return proxies.refresh(current.caller(), current.key(ServerKey.handle(handle))).map(WorkatoRemoteMapper::wire);
    }

    @GET
    @Path("/{handle}/tool_changes")
    @Operation(operationId = "listMcpServerToolChanges", summary = "List what a remote MCP server has changed", description = "Tools that are new, changed or gone since they were approved, the latest last. Under the policy withhold agents do not get them; a name that is easily taken for another one is never served unapproved.")
    public Uni<Page> changes(@PathParam("handle") String handle, @BeanParam WorkatoPaging paging) {
        return proxies.changes(current.caller(), ServerKey.handle(handle), paging.slice())
                .map(page -> new Page(page.items().stream().map(Change::of).toList(), page.more()));
    }

    @POST
    @Path("/{handle}/tool_changes/{tool_id}/approve")
    @Operation(operationId = "approveMcpServerToolChange", summary = "Approve a tool as it is now", description = "Names by its digest what is approved; where the remote server has changed it again meanwhile, nothing is. A tool that is gone is forgotten.")
    public Uni<WorkatoSuccess> approve(@PathParam("handle") String handle, @PathParam("tool_id") String toolId,
            Approval input) {
        return proxies.approve(current.caller(), current.key(ServerKey.handle(handle)),
                WorkatoInput.pathId("Tool", toolId), WorkatoInput.body(input).digest())
                .replaceWith(new WorkatoSuccess(true));
    }
}
