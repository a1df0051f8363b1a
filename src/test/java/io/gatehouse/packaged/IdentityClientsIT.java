package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;

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

import io.gatehouse.packaged.GuardedServer.Invited;
import io.gatehouse.packaged.NodeProject.Result;
import io.gatehouse.testing.BackEnd;

/** People let real MCP clients in to a server that Gatehouse's own identity opens; the clients find the way by themselves. */
class IdentityClientsIT {

    private static NodeProject programs;
    private static Installation gatehouse;
    private static BackEnd backEnd;
    private static GuardedServer server;

    @BeforeAll
    static void start() throws Exception {
        programs = new NodeProject("mcp");
        gatehouse = Installation.onLocalhost();
        backEnd = new BackEnd();
        server = new GuardedServer(gatehouse, backEnd.url());
    }

    @AfterAll
    static void stop() throws IOException {
        gatehouse.close();
        backEnd.close();
    }

    // P-5, P-7: registration, PKCE, consent, refresh; the password once for two applications
    @ParameterizedTest
    @ValueSource(strings = { "1", "legacy", "auto", "modern" })
    void theTypeScriptSdksAreLetInByAPerson(String way) throws Exception {
        Invited person = server.invite();

        Result result = programs.script("oauth.mjs", way, server.url(), person.invitation(), person.email());

        assertEquals("one application\nanother one\n", result.output());
        assertEquals(1, gatehouse.database().number("select count(*) from end_user where email = '" + person.email()
                + "' and password like '$argon2id$v=19$m=19456,t=2,p=1$%'"));
    }

    // C-68: the first generation refreshes where it should ask, and gives up
    @ParameterizedTest
    @ValueSource(strings = { "legacy", "auto", "modern" })
    void anApplicationThatMayLookIsLetChangeWhereItAsksForMore(String way) throws Exception {
        Invited person = server.invite();

        Result result = programs.script("step-up.mjs", way, server.url(), person.invitation(), person.email());

        assertEquals("{\"ok\":true}\n", result.output());
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
                Map.of("user_group_id", server.group()));

        Result result = programs.script("credentials.mjs", way, server.url(), account.path("client_id").asText(),
                byKey ? key.toJSONString() : account.path("client_secret").asText());

        assertEquals("let in\n", result.output());
    }
}
