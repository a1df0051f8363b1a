package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Identity.authorize;
import static io.gatehouse.contract.oauth.Identity.refresh;
import static io.gatehouse.contract.oauth.Identity.said;
import static io.gatehouse.contract.oauth.Identity.tokens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.contract.oauth.Identity.Tokens;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.MovableClock;
import io.gatehouse.testing.Wire.Answer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** The way of an application from a person's consent to calls in their name, and what does not lead there. */
@QuarkusTest
class AuthorizationCodeContractDbTest {

    @Inject
    Identity identity;
    @Inject
    Guests guests;
    @Inject
    Deployment deployment;
    @Inject
    MovableClock clock;

    private int ping(Guarded server, String token) {
        Agent agent = server.agent(token);
        return agent.send(agent.legacy(1, "ping", Map.of())).join().statusCode();
    }

    private String code(Guest person, Map<String, String> request) {
        return said(identity.allow(new Browser(), person, request)).get("code");
    }

    private void assertRefused(String error, Answer answer) {
        assertEquals(400, answer.status(), answer.text());
        assertEquals(error, answer.json().path("error").asText(), answer.text());
    }

    @Test
    void letsAnApplicationCallInThePersonsName() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        String client = identity.client(Identity.REDIRECT);

        Map<String, String> said = said(identity.allow(new Browser(), person, identity.request(client, server)));
        assertEquals(Identity.STATE, said.get("state"));
        assertEquals("http://gatehouse.test/oauth", said.get("iss"));
        Answer answer = identity.token(identity.exchange(client, said.get("code")));
        assertEquals(200, answer.status(), answer.text());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals("Bearer", answer.json().path("token_type").asText());
        assertEquals("mcp:read mcp:write", answer.json().path("scope").asText());
        assertTrue(answer.json().path("expires_in").isIntegralNumber());
        assertEquals(200, ping(server, tokens(answer).access()));

        Tokens next = tokens(identity.token(refresh(client, tokens(answer).refresh())));
        assertEquals(200, ping(server, next.access()));
        assertNotEquals(tokens(answer).refresh(), next.refresh());
    }

    // P-7
    @Test
    void asksForThePasswordOnceForAllApplicationsAndServers() {
        Guest person = guests.welcome();
        Guarded one = identity.server();
        Guarded other = identity.server();
        identity.join(person, one);
        identity.join(person, other);
        Browser browser = new Browser();
        identity.allow(browser, person, identity.request(identity.client(Identity.REDIRECT), one));

        Page second = browser.get(authorize(identity.request(identity.client(Identity.REDIRECT), other)));
        assertEquals(200, second.status());
        assertTrue(second.text().contains("Let The app use Guarded?"), second.text());
    }

    // P-9, P-10
    @Test
    void letsNobodyInWhoIsInNoGroup() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        Page page = identity.allow(new Browser(), person, identity.request(identity.client(Identity.REDIRECT), server));
        assertEquals(403, page.status());
        assertTrue(page.text().contains("You have no access to Guarded"), page.text());
    }

    // P-13
    @Test
    void takesAPersonOutOfAServerAtOnce() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        Tokens tokens = identity.letIn(person, server, identity.client(Identity.REDIRECT));
        assertEquals(200, ping(server, tokens.access()));

        deployment.api().body(Map.of("user_ids", List.of(person.id())))
                .delete("/api/iam/user_groups/" + server.group() + "/remove_users").then().statusCode(200);
        assertEquals(403, ping(server, tokens.access()));
        identity.join(person, server);
        assertEquals(200, ping(server, tokens.access()));
        deployment.api().body(Map.of("active", false)).put("/api/iam/users/" + person.id()).then().statusCode(200);
        assertEquals(401, ping(server, tokens.access()));
    }

    @Test
    void refusesATokenOfAnotherServer() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        Guarded other = identity.server();
        identity.join(person, server);
        identity.join(person, other);
        Tokens tokens = identity.letIn(person, server, identity.client(Identity.REDIRECT));
        assertEquals(401, ping(other, tokens.access()));
    }

    @Test
    void refusesAnExpiredToken() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        Tokens tokens = identity.letIn(person, server, identity.client(Identity.REDIRECT));
        assertEquals(200, ping(server, tokens.access()));
        clock.ahead(Duration.ofHours(1), () -> assertEquals(401, ping(server, tokens.access())));
    }

    @Test
    void endsEverythingThatWasGotForACodeThatComesAgain() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        String client = identity.client(Identity.REDIRECT);
        String code = code(person, identity.request(client, server));
        Tokens tokens = tokens(identity.token(identity.exchange(client, code)));
        assertEquals(200, ping(server, tokens.access()));

        assertRefused("invalid_grant", identity.token(identity.exchange(client, code)));
        assertEquals(401, ping(server, tokens.access()));
        assertRefused("invalid_grant", identity.token(refresh(client, tokens.refresh())));
    }

    @ParameterizedTest
    @CsvSource({ "code_verifier, wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "redirect_uri, https://app.example/other",
            "resource, http://gatehouse.test/mcp/other", "code, gmc_unknown" })
    void refusesACodeThatIsNotFollowedByWhatItWasMadeFor(String parameter, String value) {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        String client = identity.client(Identity.REDIRECT);
        Map<String, String> exchange = identity.exchange(client, code(person, identity.request(client, server)));
        exchange.put(parameter, value);
        assertRefused("invalid_grant", identity.token(exchange));
    }

    @Test
    void refusesAnInjectedCodeOfAnotherClient() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        String code = code(person, identity.request(identity.client(Identity.REDIRECT), server));
        assertRefused("invalid_grant", identity.token(identity.exchange(identity.client(Identity.REDIRECT), code)));
    }

    @Test
    void refusesACodeAfterAMinute() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        String client = identity.client(Identity.REDIRECT);
        String code = code(person, identity.request(client, server));
        clock.ahead(Duration.ofSeconds(61),
                () -> assertRefused("invalid_grant", identity.token(identity.exchange(client, code))));
    }

    @Test
    void endsTheGrantOfARefreshTokenThatWasStolen() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        String client = identity.client(Identity.REDIRECT);
        Tokens first = identity.letIn(person, server, client);
        Instant used = clock.instant();
        Tokens second = clock.at(used, () -> tokens(identity.token(refresh(client, first.refresh()))));

        clock.at(used.plusSeconds(9),
                () -> assertRefused("invalid_grant", identity.token(refresh(client, first.refresh()))));
        assertEquals(200, ping(server, second.access()), "requests that cross each other are no theft");
        clock.at(used.plusSeconds(11),
                () -> assertRefused("invalid_grant", identity.token(refresh(client, first.refresh()))));
        assertEquals(401, ping(server, second.access()));
        assertRefused("invalid_grant", identity.token(refresh(client, second.refresh())));
    }

    @Test
    void endsAGrantThatTheClientGivesBack() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        String client = identity.client(Identity.REDIRECT);
        Tokens tokens = identity.letIn(person, server, client);
        assertEquals(200, ping(server, tokens.access()));

        assertEquals(200, new Browser().post("/oauth/revoke", Map.of("client_id", client, "token", tokens.refresh())).status());
        assertEquals(401, ping(server, tokens.access()));
    }

    @ParameterizedTest
    @CsvSource({ "response_type, token, unsupported_response_type", "code_challenge, , invalid_request",
            "code_challenge_method, plain, invalid_request", "resource, http://gatehouse.test/mcp/none, invalid_target",
            "resource, https://elsewhere.example/mcp/x, invalid_target", "scope, admin, invalid_scope" })
    void tellsTheApplicationWhatItAskedWrongly(String parameter, String value, String error) {
        Map<String, String> request = identity.request(identity.client(Identity.REDIRECT), identity.server());
        request.put(parameter, value == null ? "" : value);
        Page answer = new Browser().get(authorize(request));
        assertEquals(303, answer.status(), answer.text());
        assertTrue(answer.header("Location").startsWith(Identity.REDIRECT + "?"));
        assertEquals(error, said(answer).get("error"));
        assertEquals(Identity.STATE, said(answer).get("state"));
        assertEquals("http://gatehouse.test/oauth", said(answer).get("iss"));
        assertNull(said(answer).get("code"));
    }

    /** Open redirect, redirect mismatch. */
    @ParameterizedTest
    @CsvSource({ "redirect_uri, https://app.example/callback/more", "redirect_uri, https://app.example.evil.example/callback",
            "redirect_uri, https://app.example/callback?a=b", "redirect_uri, javascript:alert(1)", "client_id, unknown",
            "client_id, ''" })
    void sendsNobodyToAPlaceThatIsNotTheApplications(String parameter, String value) {
        Map<String, String> request = identity.request(identity.client(Identity.REDIRECT), identity.server());
        request.put(parameter, value);
        Page answer = new Browser().get(authorize(request));
        assertEquals(400, answer.status(), answer.text());
        assertNull(answer.header("Location"));
        assertTrue(answer.header("Content-Type").startsWith("text/html"), answer.text());
    }

    @Test
    void takesAnyPortOfAProgramOnThePersonsMachine() { // RFC 8252, section 7.3
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        Map<String, String> request = identity.request(identity.client("http://127.0.0.1/callback"), server);
        request.put("redirect_uri", "http://127.0.0.1:50123/callback");
        Page answer = identity.allow(new Browser(), person, request);
        assertTrue(answer.header("Location").startsWith("http://127.0.0.1:50123/callback?code="));
    }

    @Test
    void takesNoConsentThatIsNotGivenOnThePage() { // CSRF on consent
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        Map<String, String> request = identity.request(identity.client(Identity.REDIRECT), server);
        Browser browser = new Browser();
        identity.allow(browser, person, request);
        for (String key : List.of("", "x".repeat(43))) {
            Page answer = browser.postAsync("/oauth/authorize", Identity.form(
                    Map.of("form_key", key, "query", Identity.form(request), "decision", "allow"))).join();
            assertEquals(403, answer.status(), answer.text());
        }
    }
}
