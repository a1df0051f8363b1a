package io.gatehouse.packaged;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** A server with the tools {@code look} and {@code change} that Gatehouse's own identity opens to one group. */
final class GuardedServer {

    private final Installation gatehouse;
    private final String url;
    private final int group;

    /** Somebody who has no password yet. */
    record Invited(String email, String invitation) {
    }

    GuardedServer(Installation gatehouse, String backEnd) {
        this.gatehouse = gatehouse;
        JsonNode collection = gatehouse.made("POST", "/api/api_collections", Map.of("project_id", 1, "openapi_spec",
                Map.of("content", """
                        openapi: 3.0.0
                        info: {title: Things, version: '1'}
                        servers: [{url: 'BACK-END'}]
                        paths: {/things: {get: {operationId: look}, post: {operationId: change}}}
                        """.replace("BACK-END", backEnd))));
        List<Map<String, String>> tools = StreamSupport.stream(collection.at("/import_report/tools").spliterator(), false)
                .map(tool -> Map.of("trigger_application", "workato_api_platform", "id", tool.path("id").asText())).toList();
        JsonNode server = gatehouse.made("POST", "/api/mcp/mcp_servers",
                Map.of("name", "Things", "folder_id", 1, "authentication_method", "workato_idp"));
        url = server.path("mcp_url").asText();
        String path = "/api/mcp/mcp_servers/" + server.path("handle").asText();
        gatehouse.made("POST", path + "/assign_tools", Map.of("tools", tools));
        group = gatehouse.made("POST", "/api/iam/user_groups", Map.of("name", "Group " + UUID.randomUUID())).path("id")
                .asInt();
        gatehouse.made("POST", path + "/assign_user_groups", Map.of("user_group_ids", List.of(group)));
    }

    String url() {
        return url;
    }

    int group() {
        return group;
    }

    /** Somebody who is in the group. */
    Invited invite() {
        String email = UUID.randomUUID() + "@people.example";
        int person = gatehouse.made("POST", "/api/iam/users", Map.of("name", "Ada", "email", email)).path("id").asInt();
        gatehouse.made("POST", "/api/iam/user_groups/" + group + "/add_users", Map.of("user_ids", List.of(person)));
        return new Invited(email, gatehouse.made("POST", "/api/iam/users/" + person + "/invitation", Map.of()).path("url")
                .asText());
    }
}
