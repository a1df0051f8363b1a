package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.packaged.NodeProject.Result;
import io.gatehouse.testing.Wire.Request;

/** The published Arazzo workflow, run by Redocly Respect in both of its generations. */
@EnabledIfSystemProperty(named = "gatehouse.contract", matches = ".+")
class ArazzoIT {

    private static final Path SPECS = Path.of("target/clients/specs").toAbsolutePath();
    private static final String WORKFLOW = "workato-rotate-mcp-server-token-workflow";

    private static final Map<String, NodeProject> GENERATIONS = new HashMap<>();

    private static Installation gatehouse;
    private static int folder;

    @BeforeAll
    static void start() throws Exception {
        Path published = Path.of(System.getProperty("gatehouse.contract"), "specs");
        for (String part : List.of("openapi", "arazzo")) {
            Files.createDirectories(SPECS.resolve(part));
            try (Stream<Path> files = Files.list(published.resolve(part))) {
                for (Path file : files.toList()) {
                    Files.copy(file, SPECS.resolve(part).resolve(file.getFileName()),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        for (String generation : List.of("redocly1", "redocly2")) {
            GENERATIONS.put(generation, new NodeProject(generation));
        }
        gatehouse = new Installation();
        folder = gatehouse.get("/api/folders").json().at("/items/0/id").asInt();
    }

    @AfterAll
    static void stop() throws Exception {
        if (gatehouse != null) {
            gatehouse.close();
        }
    }

    private static JsonNode create(String name) {
        return gatehouse.made("POST", "/api/mcp/mcp_servers", Map.of("name", name, "folder_id", folder));
    }

    private static int ping(String handle, String token) {
        return gatehouse.wire().send(Request.of("POST", "/mcp/" + handle).header("Authorization", "Bearer " + token)
                .json("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")).status();
    }

    // The untouched file sends no token, so that the relay adds one; the other's says for itself which one it wants
    private static Result respect(String generation, Relay relay, String search) throws Exception {
        String file = "arazzo/" + WORKFLOW + (generation.equals("redocly1") ? ".yml" : ".respect.yml");
        return GENERATIONS.get(generation).run(SPECS, "redocly", "respect", file, "--verbose", "--server",
                "mcpServerApi=" + relay.url(), "--input", "{\"search\":\"" + search + "\",\"apiToken\":\""
                        + gatehouse.token() + "\"}");
    }

    private static Relay relay(String generation) throws Exception {
        return new Relay(gatehouse.url(), generation.equals("redocly1") ? gatehouse.token() : null);
    }

    // A-1..A-6, A-8
    @ParameterizedTest
    @CsvSource({ "redocly1", "redocly2" })
    void rotatesTheTokenOfTheServerThatItFinds(String generation) throws Exception {
        JsonNode other = create("Not " + generation);
        JsonNode server = create(generation);
        String handle = server.get("handle").asText();
        String old = server.get("mcp_url").asText().replaceFirst(".*token=", "");
        assertEquals(200, ping(handle, old));

        try (Relay relay = relay(generation)) {
            Result result = respect(generation, relay, generation);

            assertEquals(0, result.exitCode(), result.output());
            String path = "/api/mcp/mcp_servers";
            assertEquals(List.of("GET " + path + " 200", "GET " + path + "/" + handle + " 200",
                    "POST " + path + "/" + handle + "/token_renew 200"), relay.requests());
        }
        assertEquals(401, ping(handle, old));
        assertEquals(200, ping(other.get("handle").asText(), other.get("mcp_url").asText().replaceFirst(".*token=", "")));
    }

    //
    @ParameterizedTest
    @CsvSource({ "redocly1", "redocly2" })
    void renewsNothingWhenItFindsNoServer(String generation) throws Exception {
        try (Relay relay = relay(generation)) {
            Result result = respect(generation, relay, "nobody is called that");

            assertNotEquals(0, result.exitCode(), result.output());
            assertEquals(List.of("GET /api/mcp/mcp_servers 200"), relay.requests());
            assertTrue(result.output().contains("findServer"), result.output());
        }
    }
}
