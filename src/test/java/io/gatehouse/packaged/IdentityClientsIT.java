package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import io.gatehouse.packaged.NodeProject.Result;

/** People let real MCP clients in to a server that Gatehouse's own identity opens; the clients find the way by themselves. */
class IdentityClientsIT {

    private static NodeProject programs;
    private static Installation gatehouse;
    private static String url;
    private static int group;

    @BeforeAll
    static void start() throws Exception {
        programs = new NodeProject("mcp");
        gatehouse = Installation.onLocalhost();
        JsonNode collection = gatehouse.made("POST", "/api/api_collections", Map.of("project_id", 1, "openapi_spec",
                Map.of("content", """
                        openapi: 3.0.0
                        info: {title: Things, version: '1'}
                        paths: {/things: {get: {operationId: look}}}
                        """)));
        JsonNode server = gatehouse.made("POST", "/api/mcp/mcp_servers",
                Map.of("name", "Things", "folder_id", 1, "authentication_method", "workato_idp"));
        url = server.path("mcp_url").asText();
        String path = "/api/mcp/mcp_servers/" + server.path("handle").asText();
        gatehouse.made("POST", path + "/assign_tools", Map.of("tools", List.of(Map.of("trigger_application",
                "workato_api_platform", "id", collection.at("/import_report/tools/0/id").asText()))));
        group = gatehouse.made("POST", "/api/iam/user_groups", Map.of("name", "Users of things")).path("id").asInt();
        gatehouse.made("POST", path + "/assign_user_groups", Map.of("user_group_ids", List.of(group)));
    }

    @AfterAll
    static void stop() throws IOException {
        gatehouse.close();
    }

    // P-5, P-7: registration, PKCE, consent, refresh; the password once for two applications
    @ParameterizedTest
    @ValueSource(strings = { "1", "legacy", "auto", "modern" })
    void theTypeScriptSdksAreLetInByAPerson(String way) throws Exception {
        String email = UUID.randomUUID() + "@people.example";
        int person = gatehouse.made("POST", "/api/iam/users", Map.of("name", "Ada", "email", email)).path("id").asInt();
        gatehouse.made("POST", "/api/iam/user_groups/" + group + "/add_users", Map.of("user_ids", List.of(person)));
        String invitation = gatehouse.made("POST", "/api/iam/users/" + person + "/invitation", Map.of()).path("url").asText();

        Result result = programs.script("oauth.mjs", way, url, invitation, email);

        assertEquals("one application\nanother one\n", result.output());
    }

    // G-11: client credentials, by a secret and by a key; with a fresh token where the old one has expired
    @ParameterizedTest
    @CsvSource({ "1, false", "1, true", "legacy, false", "legacy, true", "auto, false", "modern, true" })
    void theTypeScriptSdksLetThemselvesInAsAServiceAccount(String way, boolean byKey) throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
        JsonNode account = gatehouse.made("POST", "/api/iam/service_accounts", byKey
                ? Map.of("name", "Report", "jwks", new JWKSet(key).toPublicJWKSet().toJSONObject())
                : Map.of("name", "Report"));
        gatehouse.made("POST", "/api/iam/service_accounts/" + account.path("id").asInt() + "/add_to_group",
                Map.of("user_group_id", group));

        Result result = programs.script("credentials.mjs", way, url, account.path("client_id").asText(),
                byKey ? key.toJSONString() : account.path("client_secret").asText());

        assertEquals("let in\n", result.output());
    }
}
