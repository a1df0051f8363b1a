package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Identity.REDIRECT;
import static io.gatehouse.contract.oauth.Identity.authorize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.contract.oauth.Identity.Tokens;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.FakeIssuer;
import io.gatehouse.testing.MovableClock;
import io.gatehouse.testing.Wire.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;

/** Applications that are known by the URL of a document, and who misuses that. */
@QuarkusTest
class ClientDocumentsContractDbTest {

    @Inject
    Identity identity;
    @Inject
    Guests guests;
    @Inject
    MovableClock clock;

    private FakeIssuer site;
    private String path;
    private String client;

    @BeforeEach
    void open() {
        site = new FakeIssuer();
        path = "/apps/" + UUID.randomUUID();
        client = "http://127.0.0.1:" + site.port() + path;
    }

    @AfterEach
    void close() {
        site.close();
    }

    private JsonObject document() {
        return new JsonObject().put("client_id", client).put("client_name", "The app")
                .put("redirect_uris", new JsonArray().add(REDIRECT)).put("token_endpoint_auth_method", "none");
    }

    private void publishes(JsonObject document) {
        site.answers(path, BackEnd.json(document.encode()));
    }

    private Page ask(String clientId) {
        return new Browser().get(authorize(identity.request(clientId, identity.server())));
    }

    private static void assertRefused(Page page) {
        assertEquals(400, page.status(), page.text());
        assertNull(page.header("Location"));
        assertTrue(page.header("Content-Type").startsWith("text/html"));
    }

    @Test
    void letsAnApplicationInThatNeverRegistered() {
        publishes(document().putNull("logo_uri"));
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);

        Tokens tokens = identity.letIn(person, server, client);
        Agent agent = server.agent(tokens.access());
        assertEquals(200, agent.send(agent.legacy(1, "ping", Map.of())).join().statusCode());
        site.close();
        assertEquals(200, identity.token(Identity.refresh(client, tokens.refresh())).status());
    }

    @Test
    void saysSoInTheMetadata() {
        assertTrue(identity.wire().send(Request.of("GET", "/.well-known/oauth-authorization-server/oauth")).json()
                .path("client_id_metadata_document_supported").asBoolean());
    }

    private Page consent(JsonObject document, String redirectUri) {
        publishes(document);
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        Map<String, String> request = identity.request(client, server);
        request.put("redirect_uri", redirectUri);
        return Guests.signedIn(person).get(authorize(request));
    }

    @Test
    void showsWhoseDocumentItIs() {
        Page page = consent(document(), REDIRECT);
        assertTrue(page.text().contains("<code>127.0.0.1</code>"), page.text());
        assertTrue(page.text().contains("<code>https://app.example</code>"), page.text());
        assertFalse(page.text().contains("can pretend to be"), page.text());
    }

    /** Its document proves nothing: no site of its own ever gets an answer. */
    @Test
    void warnsOfAnApplicationThatHasOnlyAddressesOnThePersonsMachine() {
        Page page = consent(document().put("redirect_uris", new JsonArray().add("http://localhost/callback")),
                "http://localhost:4711/callback");
        assertTrue(page.text().contains("can pretend to be"), page.text());
    }

    @Test
    void asksForADocumentOnceInAWhile() {
        publishes(document());
        ask(client);
        ask(client);
        assertEquals(1, site.asked(path));
        clock.ahead(Duration.ofMinutes(6), () -> ask(client));
        assertEquals(2, site.asked(path));
    }

    @Test
    void asksForADocumentOnceForAllWhoNeedItAtOnce() {
        CompletableFuture<HttpServerResponse> asked = new CompletableFuture<>();
        site.answers(path, asked::complete);
        String target = authorize(identity.request(client, identity.server()));
        List<CompletableFuture<Page>> pages = Stream.generate(() -> CompletableFuture
                .supplyAsync(() -> new Browser().get(target), AtOnce.THREADS)).limit(3).toList();
        BackEnd.json(document().encode()).accept(asked.join());
        pages.forEach(page -> assertEquals(303, page.join().status(), page.join().text()));
        assertEquals(1, site.asked(path));
    }

    @Test
    void asksForADocumentThatWasNoGoodAgainSoon() {
        Instant failed = clock.instant();
        clock.at(failed, () -> assertRefused(ask(client)));
        clock.at(failed.plusSeconds(4), () -> assertRefused(ask(client)));
        assertEquals(1, site.asked(path));
        publishes(document());
        clock.at(failed.plusSeconds(6), () -> assertEquals(303, ask(client).status()));
    }

    /** Open redirect. */
    @Test
    void sendsNobodyToAPlaceThatIsNotInTheDocument() {
        publishes(document());
        Map<String, String> request = identity.request(client, identity.server());
        request.put("redirect_uri", "https://app.example.evil.example/callback");
        assertRefused(new Browser().get(authorize(request)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "javascript:alert(1)", "http://app.example/callback", "https://me@app.example/callback" })
    void judgesRedirectAddressesAsThoseOfARegistration(String redirectUri) {
        publishes(document().put("redirect_uris", new JsonArray().add(redirectUri)));
        Map<String, String> request = identity.request(client, identity.server());
        request.put("redirect_uri", redirectUri);
        assertRefused(new Browser().get(authorize(request)));
    }

    /** SSRF: nothing is even asked. */
    @ParameterizedTest
    @ValueSource(strings = { "https://10.0.0.1/app", "https://169.254.169.254/latest/meta-data", "https://[fd00::1]/app",
            "http://app.example/app", "ftp://app.example/app", "https://app.example", "https://app.example/",
            "https://app.example/a/../b", "https://app.example/a/%2E%2e/b", "https://app.example/a#b",
            "https://me:secret@app.example/a", "https://app.example:x/a", "https://", "http://localhost.evil.example/a" })
    void fetchesNothingFromAPlaceThatIsNone(String clientId) {
        Page page = ask(clientId);
        assertRefused(page);
        assertFalse(page.text().contains("allowed-ranges"), page.text());
    }

    /** SSRF by a redirect. */
    @Test
    void followsNoRedirect() {
        publishes(document());
        site.answers("/moved" + path, response -> response.setStatusCode(302).putHeader("Location", client).end());
        assertRefused(ask("http://127.0.0.1:" + site.port() + "/moved" + path));
        assertEquals(0, site.asked(path));
    }

    private void assertRefused(Consumer<HttpServerResponse> answer) {
        site.answers(path, answer);
        assertRefused(ask(client));
    }

    @Test
    void refusesAHugeDocument() {
        assertRefused(BackEnd.json(document().put("more", "x".repeat(65_536)).encode()));
    }

    @Test
    void refusesADocumentThatIsSlow() {
        assertRefused((HttpServerResponse response) -> {
        });
    }

    @Test
    void refusesADocumentThatIsAnothersByItsClientId() {
        assertRefused(BackEnd.json(document().put("client_id", client + "/").encode()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt" })
    void refusesADocumentOfAnApplicationThatWantsToShowMore(String method) {
        assertRefused(BackEnd.json(document().put("token_endpoint_auth_method", method).encode()));
    }

    @Test
    void refusesADocumentThatTellsASecret() {
        assertRefused(BackEnd.json(document().put("client_secret", "everybody knows").encode()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "client_id", "client_name", "redirect_uris" })
    void refusesADocumentThatLacksSomething(String field) {
        JsonObject document = document();
        document.remove(field);
        assertRefused(BackEnd.json(document.encode()));
    }

    /** What somebody could upload as a picture. */
    @Test
    void refusesADocumentThatIsNoJsonByItsType() {
        assertRefused((HttpServerResponse response) -> response.putHeader("Content-Type", "image/png")
                .end(document().encode()));
    }

    /** Whoever names an application that nobody has let in learns nothing and gets nothing. */
    @Test
    void fetchesNoDocumentForATokenRequest() {
        publishes(document());
        assertEquals(401, identity.token(identity.exchange(client, "gmc_unknown")).status());
        assertEquals(0, site.asked(path));
    }
}
