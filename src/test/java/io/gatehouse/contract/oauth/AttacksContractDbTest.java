package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Identity.REDIRECT;
import static io.gatehouse.contract.oauth.Identity.authorize;
import static io.gatehouse.contract.oauth.Identity.form;
import static io.gatehouse.contract.oauth.Identity.said;
import static io.gatehouse.contract.oauth.Identity.tokens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;

/** Attacks on the authorization server that need no test of their own place; each test bears the name of one. */
@QuarkusTest
class AttacksContractDbTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ISSUER = "http://gatehouse.test/oauth";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @Inject
    Identity identity;
    @Inject
    Guests guests;
    @Inject
    Deployment deployment;
    @Inject
    Ledger ledger;

    private Guest guest(Guarded server) {
        Guest person = guests.welcome();
        identity.join(person, server);
        return person;
    }

    /** Mix-up: an application must be able to tell whose answer it hears, also where it is a refusal (RFC 9207). */
    @Test
    void mixUpIsToldByTheIssuerInEveryAnswer() {
        Guarded server = identity.server();
        Guest person = guest(server);
        Map<String, String> request = identity.request(identity.client(REDIRECT), server);
        Browser browser = new Browser();
        assertEquals(ISSUER, said(identity.allow(browser, person, request)).get("iss"));

        Map<String, String> denied = said(browser.post("/oauth/authorize", Map.of("query", form(request), "decision", "deny")));
        assertEquals("access_denied", denied.get("error"));
        assertEquals(ISSUER, denied.get("iss"));
        for (Map.Entry<String, String> wrong : Map.of("prompt", "none", "response_type", "token", "scope", "other",
                "resource", "https://elsewhere.example/", "request", "e30").entrySet()) {
            Map<String, String> asked = new HashMap<>(request);
            asked.put(wrong.getKey(), wrong.getValue());
            Map<String, String> refused = said(browser.get(authorize(asked)));
            assertTrue(refused.containsKey("error"), wrong.toString());
            assertEquals(ISSUER, refused.get("iss"), wrong.toString());
        }
    }

    /** Injection of a code that was stolen, into the attacker's own session with the same application. */
    @Test
    void codeInjectionFailsForWantOfTheVerifier() {
        Guarded server = identity.server();
        Guest victim = guest(server);
        String client = identity.client(REDIRECT);
        String code = said(identity.allow(new Browser(), victim, identity.request(client, server))).get("code");
        Map<String, String> exchange = identity.exchange(client, code);
        exchange.put("code_verifier", "attackers-own-verifier-attackers-own-verifier");
        assertEquals("invalid_grant", identity.token(exchange).json().path("error").asText());
        exchange.remove("code_verifier");
        assertEquals("invalid_grant", identity.token(exchange).json().path("error").asText());
        assertEquals("invalid_grant", identity.token(identity.exchange(client, code)).json().path("error").asText(),
                "whatever comes of it, a code is used up");
    }

    /** A session's cookie that was made up, or read from the database. */
    @Test
    void forgedSessionCookiesAreNobodys() {
        Browser victim = Guests.signedIn(guests.welcome());
        String cookie = victim.cookies.get(Browser.SESSION);
        String digest = ledger.text("select digest from browser_session order by created_at desc limit 1");
        for (String forged : List.of(digest, "x".repeat(43), cookie.substring(1) + "x", cookie + "=", "\"" + cookie, "1")) {
            Browser browser = new Browser();
            browser.cookies.put(Browser.SESSION, forged);
            assertFalse(Guests.isSignedIn(browser), forged);
        }
        assertTrue(Guests.isSignedIn(victim));
    }

    /** CR and LF that would begin a header of the attacker's. */
    @Test
    void responseSplittingByTheStateFails() {
        Map<String, String> request = identity.request(identity.client(REDIRECT), identity.server());
        request.put("scope", "other");
        request.put("state", "x\r\nSet-Cookie: evil=1\r\n\r\n<html>");
        Page answer = new Browser().get(authorize(request));
        assertEquals(303, answer.status());
        assertNull(answer.header("Set-Cookie"));
        assertEquals("x\r\nSet-Cookie: evil=1\r\n\r\n<html>", said(answer).get("state"));
    }

    /** The status of what is answered to exactly this. */
    private static String raw(String head, String body) {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((head + "Host: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.ISO_8859_1));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return line == null ? "closed" : line.split(" ")[1];
        } catch (IOException e) {
            return "closed";
        }
    }

    private static String post(String target, String type) {
        return "POST " + target + " HTTP/1.1\r\nContent-Type: " + type + "\r\nAccept: application/json, text/event-stream\r\n";
    }

    /** Smuggling: two headers, of which a proxy may judge the one and we the other. */
    @Test
    void twoAuthorizationHeadersOpenNoServer() {
        Published server = deployment.createServer();
        String good = "Authorization: Bearer " + server.token() + "\r\n";
        String head = post(server.path(), "application/json");
        assertEquals("200", raw(head + good, PING));
        assertEquals("401", raw(head + good + good, PING));
        assertEquals("401", raw(head + good + "Authorization: Bearer other\r\n", PING));
        assertEquals("401", raw(head + "authorization: Basic eDp5\r\n" + good, PING));
    }

    /** The header counts, so that nobody hides which token opens a server. */
    @Test
    void aTokenInTheUrlDoesNotHelpAWrongOneInTheHeader() {
        Published server = deployment.createServer();
        String head = post(server.path() + "?token=" + server.token(), "application/json");
        assertEquals("200", raw(head, PING));
        assertEquals("401", raw(head + "Authorization: Bearer other\r\n", PING));
        assertEquals("401", raw(head + "Authorization: Basic eDp5\r\n", PING));
    }

    @ParameterizedTest
    @ValueSource(strings = { "Authorization: Bearer\r\n %s\r\n", "Authorization : Bearer %s\r\n",
            "Authorization: Bearer %s\r\r\n",
            "X: y\nAuthorization: Bearer %s\n\n", "Authorization: Bearer %s,Bearer other\r\n",
            "Authorization: Bearer %s\0\r\n" })
    void aHeaderThatIsNotWellFormedOpensNoServer(String header) {
        Published server = deployment.createServer();
        String status = raw(post(server.path(), "application/json") + header.formatted("other" + server.token()), PING);
        assertTrue(List.of("400", "401", "closed").contains(status), status);
    }

    private static String basic(String client, String secret) {
        return "Authorization: Basic " + Base64.getEncoder()
                .encodeToString((client + ":" + secret).getBytes(StandardCharsets.US_ASCII)) + "\r\n";
    }

    @Test
    void aClientThatShowsInTwoWaysWhoItIsIsRefused() {
        var registered = identity.register(Map.of("client_name", "The app", "redirect_uris", List.of(REDIRECT))).json();
        String client = registered.path("client_id").asText();
        String secret = registered.path("client_secret").asText();
        String refresh = "grant_type=refresh_token&refresh_token=gmr_unknown";
        String head = post("/oauth/token", FORM);
        assertEquals("400", raw(head + basic(client, secret), refresh), "invalid_grant: the client is good");
        assertEquals("401", raw(head + basic(client, "wrong"), refresh));
        for (String endpoint : List.of("/oauth/token", "/token", "/oauth/revoke")) {
            for (String form : List.of("client_secret=" + secret, "client_secret=wrong", "client_assertion=x.y.z")) {
                assertEquals("400", raw(post(endpoint, FORM) + basic(client, "wrong"), refresh + "&token=x&" + form), form);
            }
            assertEquals("400", raw(post(endpoint, FORM) + basic(client, "wrong") + basic(client, "wrong"), refresh
                    + "&token=x"));
        }
    }

    /** What stands in a URL gets into logs: it is not even read there. */
    @Test
    void aSecretInTheUrlOfTheTokenEndpointShowsNothing() {
        var registered = identity.register(Map.of("client_name", "The app", "redirect_uris", List.of(REDIRECT))).json();
        assertEquals("401", raw(post("/oauth/token?client_secret=" + registered.path("client_secret").asText(), FORM),
                "grant_type=refresh_token&refresh_token=x&client_id=" + registered.path("client_id").asText()));
    }

    private static List<String> uris(int count) {
        return IntStream.range(0, count).mapToObj(i -> REDIRECT + i).collect(Collectors.toList());
    }

    private void assertRefused(int status, String error, Object registration) {
        Answer answer = identity.register(registration);
        assertEquals(status, answer.status(), answer.text());
        assertEquals(error, answer.json().path("error").asText(), answer.text());
    }

    @Test
    void oversizedRegistrationsAreRefused() {
        assertRefused(413, "invalid_request", Map.of("redirect_uris", uris(1), "software_statement", "x".repeat(20_000)));
        assertRefused(413, "invalid_request", Map.of("redirect_uris", uris(1), "software_statement", "x".repeat(100_000)));
        assertRefused(400, "invalid_redirect_uri", Map.of("redirect_uris", uris(21)));
        assertRefused(400, "invalid_redirect_uri", Map.of("redirect_uris", List.of(REDIRECT + "x".repeat(2_000))));
        assertRefused(400, "invalid_client_metadata", Map.of("redirect_uris", uris(1), "client_name", "x".repeat(201)));
        assertEquals(201, identity.register(Map.of("redirect_uris", uris(20), "client_name", "x".repeat(200))).status());
    }

    /** Before any of it is read: nobody sends forty megabytes to find that out. */
    @ParameterizedTest
    @CsvSource({ "/oauth/register", "/oauth/token", "/oauth/revoke", "/register", "/token" })
    void hugeRequestsAreRefusedUnread(String target) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000000\r\n"
                    + "Content-Type: application/json\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 413 Request Entity Too Large", new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine());
        }
    }

    /** Of an application, too, nobody learns by a refusal whether there is one. */
    @Test
    void theTokenEndpointTellsNobodyWhichCodesAndTokensThereWere() {
        Guarded server = identity.server();
        Guest person = guest(server);
        String client = identity.client(REDIRECT);
        String other = identity.client(REDIRECT);
        String refresh = tokens(identity.token(identity.exchange(client,
                said(identity.allow(new Browser(), person, identity.request(client, server))).get("code")))).refresh();
        Answer revoked = identity.wire().send(new Request("POST", "/oauth/revoke", Map.of("Content-Type", FORM),
                form(Map.of("client_id", other, "token", refresh)).getBytes(StandardCharsets.US_ASCII)));
        Answer unknown = identity.wire().send(new Request("POST", "/oauth/revoke", Map.of("Content-Type", FORM),
                form(Map.of("client_id", other, "token", "gmr_unknown")).getBytes(StandardCharsets.US_ASCII)));
        assertEquals(unknown.status(), revoked.status());
        assertEquals(unknown.text(), revoked.text());
        assertEquals(200, identity.token(Identity.refresh(client, refresh)).status(), "another client ends nothing");
    }
}
