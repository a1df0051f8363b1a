package io.gatehouse.api.documents;

import java.util.Set;

import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/** The sixteen operations of the Workato dialect. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, documentNames = "workato")
public class WorkatoDocument extends PublishedDocument implements OASFilter {

    private static final Set<String> OPERATIONS = Set.of("listMcpServers", "createMcpServer", "getMcpServer",
            "updateMcpServer", "deleteMcpServer", "renewMcpServerToken", "assignToolsToMcpServer",
            "assignUserGroupsToMcpServer", "removeUserGroupsFromMcpServer", "moveMcpServerToFolder",
            "getMcpServerPolicies", "updateMcpServerPolicies", "listMcpServerTools", "updateMcpServerTool",
            "removeMcpServerTool", "listMcpUserGroups");

    public WorkatoDocument() {
        super("Gatehouse MCP servers, Workato dialect",
                "Manage MCP servers with clients that were made for Workato's API: their tools, policies and user groups.",
                WorkatoDocument::has);
    }

    static boolean has(String path, Operation operation) {
        return path.startsWith("/api/mcp/") && OPERATIONS.contains(operation.getOperationId());
    }
}
