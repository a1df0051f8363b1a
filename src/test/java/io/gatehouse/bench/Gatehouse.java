package io.gatehouse.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.packaged.Installation;
import io.gatehouse.packaged.PostgresServer;

/** The packaged application as it comes, with what it serves. */
final class Gatehouse implements AutoCloseable {

    private static final String SERVERS = "/api/mcp/mcp_servers";

    private final Installation installation;

    /** Without an activity log, which is measured by itself. */
    Gatehouse() throws Exception {
        this(new PostgresServer(), Map.of("GATEHOUSE_ACTIVITY_LOG", "off"));
    }

    Gatehouse(PostgresServer database, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Installation.UNLIMITED);
        settings.putAll(more);
        settings.put("JAVA_TOOL_OPTIONS", String.join(" ", Settings.javaOptions()));
        installation = new Installation(database, settings);
    }

    Installation installation() {
        return installation;
    }

    ProcessHandle process() {
        return installation.process();
    }

    /** A server with all the document's operations, on the back end that listens on this port; its {@code mcp_url}. */
    URI composed(int port) {
        JsonNode collection = installation.made("POST", "/api/api_collections",
                Map.of("name", "Things", "project_id", installation.get("/api/projects").json().at("/items/0/id").asInt(),
                        "openapi_spec", Map.of("content", Document.openapi(), "format", "json")));
        installation.made("POST", "/api/connections", Map.of("name", "Things", "api_collection_id",
                collection.path("id").asInt(), "base_url", "http://127.0.0.1:" + port + "/api", "input",
                Map.of("api_key", Document.KEY)));
        JsonNode server = installation.made("POST", SERVERS, Map.of("name", "Composed", "folder_id",
                installation.get("/api/folders").json().at("/items/0/id").asInt()));
        List<Map<String, String>> tools = new ArrayList<>();
        collection.at("/import_report/tools").forEach(
                tool -> tools.add(Map.of("trigger_application", "workato_api_platform", "id", tool.path("id").asText())));
        installation.made("POST", SERVERS + "/" + server.path("handle").asText() + "/assign_tools", Map.of("tools", tools));
        return URI.create(server.path("mcp_url").asText());
    }

    /** A server that stands for another one; its {@code mcp_url}. */
    URI proxied(int port, String path) {
        return URI.create(installation.proxy("http://127.0.0.1:" + port + path));
    }

    /** Limits of every window, which no run comes near. */
    void limit(URI mcpUrl) {
        installation.made("PUT", SERVERS + mcpUrl.getPath().replaceFirst(".*/", "/") + "/server_policies", Map.of(
                "rate_limit", Map.of("requests_per_minute", 50_000_000, "requests_per_hour", 500_000_000),
                "quota_limit", Map.of("requests_per_month", 2_000_000_000)));
    }

    /** The same message to a server of this one. */
    Call through(URI mcpUrl, Call call) {
        Map<String, String> headers = new HashMap<>(call.headers());
        headers.put("Authorization", "Bearer " + token(mcpUrl));
        return new Call(call.method(), URI.create(installation.url()).getPort(), mcpUrl.getPath(), headers, call.body());
    }

    Contender contender(Call call) {
        return new Contender(Contender.GATEHOUSE, process(), call);
    }

    static String token(URI mcpUrl) {
        return mcpUrl.getQuery().substring("token=".length());
    }

    @Override
    public void close() throws IOException {
        installation.close();
    }
}
