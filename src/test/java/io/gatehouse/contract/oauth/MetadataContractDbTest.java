package io.gatehouse.contract.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** Where clients look for what the authorization server says of itself. */
@QuarkusTest
class MetadataContractDbTest {

    @Inject
    Identity identity;

    private Answer get(String target) {
        return identity.wire().send(Request.of("GET", target).header("Origin", "https://app.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/.well-known/oauth-authorization-server/oauth", "/.well-known/openid-configuration/oauth",
            "/oauth/.well-known/openid-configuration", "/oauth/.well-known/oauth-authorization-server" })
    void isTheSameWhereverClientsLook(String target) {
        Answer answer = get(target);
        assertEquals(200, answer.status());
        assertEquals("*", answer.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
        assertEquals("http://gatehouse.test/oauth", answer.json().path("issuer").asText());
        assertEquals(get("/oauth/.well-known/openid-configuration").text(), answer.text());
    }

    @Test
    void publishesThePublicHalvesOfItsKeys() {
        JsonNode keys = get("/oauth/jwks").json().path("keys");
        assertFalse(keys.isEmpty());
        keys.forEach(key -> assertFalse(key.has("d"), key.toString()));
    }

    /** At the root it would tempt the clients of servers that take tokens only. */
    @ParameterizedTest
    @ValueSource(strings = { "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server/mcp/x" })
    void isNowhereElse(String target) {
        assertEquals(404, get(target).status());
    }
}
