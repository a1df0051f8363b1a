package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Wire;

/** The exchange of the master key, as an operator makes it: both keys, the command, the new key alone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MasterKeyIT {

    private static final String OLD = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String NEW = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    private static final Map<String, String> BOTH = keys(NEW, OLD);
    private static final String DOCUMENT = """
            {"openapi":"3.1.0","info":{"title":"Pets","version":"1"},"servers":[{"url":"BACK-END"}],
             "paths":{"/pets":{"get":{"operationId":"pets"}}},
             "components":{"securitySchemes":{"token":{"type":"http","scheme":"bearer"}}}}""";

    private static BackEnd backEnd;
    private static Installation gatehouse;
    private static String url;

    @BeforeAll
    static void seal() throws Exception {
        backEnd = new BackEnd();
        gatehouse = new Installation();
        JsonNode collection = gatehouse.made("POST", "/api/api_collections", Map.of("name", "Pets", "openapi_spec",
                Map.of("format", "json", "content", DOCUMENT.replace("BACK-END", backEnd.url())), "project_id", 1));
        gatehouse.made("POST", "/api/connections", Map.of("name", "Pets", "api_collection_id", collection.get("id").asLong(),
                "input",
                Map.of("token", "s3cret")));
        int folder = gatehouse.get("/api/folders").json().at("/items/0/id").asInt();
        JsonNode server = gatehouse.made("POST", "/api/mcp/mcp_servers", Map.of("name", "Pets", "folder_id", folder));
        url = server.get("mcp_url").asText();
        gatehouse.made("POST", "/api/mcp/mcp_servers/" + server.get("handle").asText() + "/assign_tools",
                Map.of("tools", List.of(Map.of("trigger_application", "workato_api_platform", "id",
                        collection.at("/import_report/tools/0/id").asText()))));
    }

    @AfterAll
    static void stop() throws Exception {
        gatehouse.close();
        backEnd.close();
    }

    private static Map<String, String> keys(String key, String... others) {
        Map<String, String> settings = new HashMap<>(Map.of("GATEHOUSE_MASTER_KEY", key));
        if (others.length > 0) {
            settings.put("GATEHOUSE_OTHER_MASTER_KEYS", String.join(",", others));
        }
        return settings;
    }

    /** Reads the credential of a back end, and the key that signs management tokens. */
    private static void readsSecrets(Map<String, String> keys) throws Exception {
        try (Replica replica = gatehouse.another(keys)) {
            Agent agent = new Agent(url.replaceFirst("\\?.*", "").replaceFirst("http://gatehouse.test", replica.url()),
                    url.replaceFirst(".*token=", ""));
            HttpResponse<String> answer = agent
                    .send(agent.legacy(1, "tools/call", Map.of("name", "pets", "arguments", Map.of()))).join();
            assertEquals(200, answer.statusCode(), answer::body);
            assertEquals("Bearer s3cret", backEnd.take().headers().get("Authorization"));

            assertEquals(200, new Wire(replica.url()).send(gatehouse.request("POST", "/api/developer_api_clients")
                    .json(Map.of("name", "Another", "api_privilege_group_id", 3))).status());
        }
    }

    @Test
    @Order(1)
    void opensWithBothKeysBeforeAnythingIsSealedAnew() throws Exception {
        readsSecrets(BOTH);
    }

    @Test
    @Order(2)
    void saysWhatTheNewKeyAloneCanNotOpen() throws Exception {
        assertEquals("0 secrets are sealed anew, 0 are sealed under the master key, and 2 can be opened by no key given.",
                gatehouse.command(keys(NEW), "reseal"));
    }

    @Test
    @Order(3)
    void needsTheOldKeyNoMoreOnceAllIsSealedAnew() throws Exception {
        assertEquals("2 secrets are sealed anew, 2 are sealed under the master key, and 0 can be opened by no key given.",
                gatehouse.command(BOTH, "reseal"));
        assertEquals("0 secrets are sealed anew, 2 are sealed under the master key, and 0 can be opened by no key given.",
                gatehouse.command(keys(NEW), "reseal"));

        readsSecrets(keys(NEW));
    }
}
