package io.gatehouse.packaged;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

/** Real MCP clients from the npm registry, against Gatehouse's own management API as an MCP server. */
class McpClientsIT {

    private static final Logger LOG = Logger.getLogger(McpClientsIT.class);
    private static final Path SOURCES = Path.of("src/test/clients");
    private static final Path CLIENTS = Path.of("target/clients").toAbsolutePath();

    private static PostgresServer database;
    private static Replica gatehouse;
    private static String token;
    private static String url;
    private static String mcpToken;

    @BeforeAll
    static void publish() throws Exception {
        installClients();
        database = new PostgresServer();
        gatehouse = new Replica(Replica.settings(database)).awaitListening();
        token = new Replica(Replica.settings(database), "admin-token").awaitEnd().lines()
                .filter(line -> line.startsWith("ey")).findFirst().orElseThrow();
        String document = given().get(gatehouse.url() + "/openapi?format=json").asString();
        JsonPath collection = post("/api/api_collections",
                Map.of("project_id", 1, "openapi_spec", Map.of("content", document)));
        post("/api/connections", Map.of("name", "self", "api_collection_id", collection.getInt("id"), "base_url",
                gatehouse.url(), "input", Map.of("token", token)));
        JsonPath server = post("/api/mcp/mcp_servers", Map.of("name", "self", "folder_id", 1));
        List<Integer> tools = collection.getList("import_report.tools.id");
        post("/api/mcp/mcp_servers/" + server.getString("handle") + "/assign_tools", Map.of("tools", tools.stream()
                .map(id -> Map.of("trigger_application", "workato_api_platform", "id", id)).toList()));
        url = gatehouse.url() + "/mcp/" + server.getString("handle");
        mcpToken = server.getString("mcp_url").replaceFirst(".*token=", "");
    }

    @AfterAll
    static void stop() throws Exception {
        if (gatehouse != null) {
            gatehouse.close();
            database.close();
        }
    }

    private static JsonPath post(String path, Map<String, ?> body) {
        RequestSpecification request = given().auth().oauth2(token).contentType(ContentType.JSON).body(body);
        return request.post(gatehouse.url() + path).then().statusCode(200).extract().jsonPath();
    }

    private static void installClients() throws Exception {
        Files.createDirectories(CLIENTS);
        for (String file : List.of("package.json", "package-lock.json", "sdk1.mjs", "sdk2.mjs")) {
            Files.copy(SOURCES.resolve(file), CLIENTS.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            Result npm = run(List.of("npm", "ci", "--no-audit", "--no-fund"));
            assertEquals(0, npm.exitCode(), npm.output());
        } catch (IOException e) {
            LOG.warn("Node.js is not here, so no MCP client from the npm registry is tried");
            abort("Node.js is not here, so no MCP client from the npm registry is tried");
        }
    }

    private record Result(int exitCode, String output) {
    }

    private static Result run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(CLIENTS.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        return new Result(process.waitFor(), output);
    }

    private static Result node(String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(CLIENTS.resolve("node_modules/.bin/node").toString(), script));
        command.addAll(List.of(arguments));
        return run(command);
    }

    @Test
    void theFirstTypeScriptSdkListsAndCalls() throws Exception {
        Result result = node("sdk1.mjs", url, mcpToken);

        assertEquals(0, result.exitCode(), result.output());
    }

    @Test
    void theSecondTypeScriptSdkListsAndCallsInEveryMode() throws Exception {
        Result result = node("sdk2.mjs", url, mcpToken);

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
        return node("node_modules/.bin/mcp-inspector", all.toArray(String[]::new));
    }
}
