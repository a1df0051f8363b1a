package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.packaged.NodeProject.Result;

/** Real MCP clients from the npm registry, against servers of every kind: Gatehouse's own management API is one of them. */
class McpClientsIT {

    private static NodeProject programs;
    private static Installation gatehouse;
    private static EverythingServer everything;
    private static ComposedServer composed;
    private static String url;
    private static String mcpToken;

    @BeforeAll
    static void start() throws Exception {
        programs = new NodeProject("mcp");
        gatehouse = Installation.onLocalhost();
        publishItself();
        composed = new ComposedServer(gatehouse);
        everything = new EverythingServer(new NodeProject("conformance"), "both");
    }

    private static void publishItself() {
        String document = gatehouse.get("/openapi?format=json").text();
        JsonNode collection = gatehouse.made("POST", "/api/api_collections",
                Map.of("project_id", 1, "openapi_spec", Map.of("content", document)));
        gatehouse.made("POST", "/api/connections", Map.of("name", "self", "api_collection_id",
                collection.get("id").asInt(), "base_url", gatehouse.url(), "input", Map.of("token", gatehouse.token())));
        JsonNode server = gatehouse.made("POST", "/api/mcp/mcp_servers", Map.of("name", "self", "folder_id", 1));
        List<Map<String, Object>> tools = new ArrayList<>();
        collection.at("/import_report/tools").forEach(
                tool -> tools.add(Map.of("trigger_application", "workato_api_platform", "id", tool.get("id").asInt())));
        gatehouse.made("POST", "/api/mcp/mcp_servers/" + server.get("handle").asText() + "/assign_tools",
                Map.of("tools", tools));
        url = gatehouse.url() + "/mcp/" + server.get("handle").asText();
        mcpToken = server.get("mcp_url").asText().replaceFirst(".*token=", "");
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] { everything, composed, gatehouse }) {
            if (part != null) {
                part.close();
            }
        }
    }

    // The clients use all that the servers offer
    @ParameterizedTest
    @ValueSource(strings = { "1", "legacy", "auto", "modern" })
    void theTypeScriptSdksTalkToComposedServers(String way) throws Exception {
        Result result = programs.script("journey.mjs", way, composed.url());

        assertEquals("halfway\narrived, 0 tried again\n", result.output());
    }

    @ParameterizedTest
    @ValueSource(strings = { "1", "legacy", "auto", "modern" })
    void theTypeScriptSdksTalkToProxyServers(String way) throws Exception {
        Result result = programs.script("journey.mjs", way, gatehouse.proxy(everything.url()));

        assertEquals("halfway\narrived, 0 tried again\n", result.output());
    }

    @Test
    void theJavaSdkTalksToComposedServers() throws Exception {
        try (JavaSdkJourney journey = new JavaSdkJourney(composed.url())) {
            journey.usesWhatAllServersOffer();
        }
    }

    @Test
    void theJavaSdkTalksToProxyServers() throws Exception {
        try (JavaSdkJourney journey = new JavaSdkJourney(gatehouse.proxy(everything.url()))) {
            journey.usesWhatAllServersOffer();
            journey.usesWhatOnlyProxyServersOffer();
        }
    }

    @Test
    void theFirstTypeScriptSdkListsAndCalls() throws Exception {
        Result result = programs.script("sdk1.mjs", url, mcpToken);

        assertEquals(0, result.exitCode(), result.output());
    }

    @Test
    void theSecondTypeScriptSdkListsAndCallsInEveryMode() throws Exception {
        Result result = programs.script("sdk2.mjs", url, mcpToken);

        assertEquals(0, result.exitCode(), result.output());
        for (String mode : List.of("legacy", "auto", "modern")) {
            assertTrue(result.output().contains("sdk2 " + mode), result.output());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "legacy", "auto", "modern" })
    void theInspectorListsAndCallsInEveryEra(String era) throws Exception {
        Result listed = inspector(era, "--method", "tools/list");
        Result called = inspector(era, "--method", "tools/call", "--tool-name", "listFolders");

        assertEquals(0, listed.exitCode(), listed.output());
        assertTrue(listed.output().contains("\"createMcpServer\""), listed.output());
        assertEquals(0, called.exitCode(), called.output());
        assertTrue(called.output().contains("\"structuredContent\""), called.output());
    }

    private static Result inspector(String era, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--cli", url, "--transport", "http", "--protocol-era", era,
                "--header", "Authorization: Bearer " + mcpToken));
        all.addAll(List.of(arguments));
        return programs.script("node_modules/.bin/mcp-inspector", all.toArray(String[]::new));
    }
}
