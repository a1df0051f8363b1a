package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Identity.REDIRECT;
import static io.gatehouse.contract.oauth.Identity.form;
import static io.gatehouse.contract.oauth.Identity.said;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** {@code /authorize}, {@code /token} and {@code /register}, where some clients believe them to be. */
@QuarkusTest
class RootEndpointsContractDbTest {

    @Inject
    Identity identity;
    @Inject
    Guests guests;

    private Answer post(String target, String type, String body) {
        return identity.wire().send(new Request("POST", target, Map.of("Content-Type", type, "Origin", "https://app.example"),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void leadAClientThatInventsThemToItsTokens() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        Answer registered = identity.wire().send(Request.of("POST", "/register").json(Map.of("client_name", "The app",
                "redirect_uris", List.of(REDIRECT), "token_endpoint_auth_method", "none")));
        assertEquals(201, registered.status(), registered.text());
        String client = registered.json().path("client_id").asText();

        Map<String, String> request = identity.request(client, server);
        Page sent = new Browser().get("/authorize?" + form(request));
        assertEquals(302, sent.status());
        assertEquals("oauth/authorize?" + form(request), sent.header("Location"));
        Page answer = identity.allow(new Browser(), person, request);

        Answer tokens = post("/token", "application/x-www-form-urlencoded",
                form(identity.exchange(client, said(answer).get("code"))));
        assertEquals(200, tokens.status(), tokens.text());
        assertEquals("no-store", tokens.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(List.of("*"), tokens.headers().allValues("Access-Control-Allow-Origin"));
    }

    @Test
    void refuseInTheSameWords() {
        Answer answer = post("/token", "application/x-www-form-urlencoded",
                "grant_type=refresh_token&client_id=x&refresh_token=y");
        assertEquals(401, answer.status());
        assertEquals("invalid_client", answer.json().path("error").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = { "/token", "/register" })
    void letPagesUseThem(String target) {
        Answer answer = identity.wire().send(Request.of("OPTIONS", target).header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST").header("Access-Control-Request-Headers", "content-type"));
        assertEquals(204, answer.status());
        assertEquals("*", answer.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = { "/token", "/register", "/sign-in", "/revoke", "/authorize/more" })
    void areNoMoreThanThat(String target) {
        assertEquals(404, identity.wire().send(Request.of("GET", target)).status());
    }
}
