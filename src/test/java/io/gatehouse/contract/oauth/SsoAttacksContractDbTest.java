package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Guests.isSignedIn;
import static io.gatehouse.contract.oauth.Provider.CALLBACK;
import static io.gatehouse.contract.oauth.Provider.claims;
import static io.gatehouse.contract.oauth.Provider.comeBack;
import static io.gatehouse.contract.oauth.Provider.leave;
import static io.gatehouse.contract.oauth.Provider.question;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.access.sso.Journeys;
import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.FakeIssuer;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;

/** Who tries to get in through the sign-in at the organisation's provider, or to bring somebody else in. */
@QuarkusTest
class SsoAttacksContractDbTest {

    private static final PublicJsonWebKey STRANGER = Outside.key();

    @Inject
    Deployment deployment;
    @Inject
    MovableClock clock;
    @Inject
    Ledger ledger;
    @Inject
    Journeys journeys;

    private Provider provider;

    @BeforeEach
    void start() {
        provider = new Provider(deployment).known(Map.of());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private void provide(JsonObject more) {
        provider.close();
        provider = new Provider(deployment);
        provider.publishes(provider.metadata().mergeIn(more));
        provider.known(Map.of());
    }

    private void refuses(Browser browser, int status, Page page) {
        assertEquals(status, page.status(), page.text());
        assertTrue(page.text().contains("<h1>"));
        assertNull(page.header("Location"));
        assertFalse(isSignedIn(browser));
    }

    // nobody signs somebody else's browser in (login CSRF)
    @Test
    void refusesAnAnswerToAnotherBrowser() {
        Map<String, String> attacker = leave(new Browser());
        provider.vouches(claims(), attacker);
        Browser victim = new Browser();
        victim.get(Guests.SIGN_IN);

        refuses(victim, 403, comeBack(victim, attacker));

        assertEquals(0, provider.issuer.asked(Provider.TOKEN));
    }

    @Test
    void refusesAStateThatWasUsed() {
        Browser browser = new Browser();
        Map<String, String> question = leave(browser);
        provider.vouches(claims(), question);
        assertEquals(303, comeBack(browser, question).status());
        browser.post("/oauth/sign-out", Map.of());

        refuses(browser, 403, comeBack(browser, question));

        assertEquals(1, provider.issuer.asked(Provider.TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "code=x", "code=x&state=", "code=x&state=forged", "code=x&state=%STATE%&state=%STATE%",
            "code=x&state=%STATE%x", "code=x&state=%00" })
    void refusesAStateThatIsNone(String query) {
        Browser browser = new Browser();
        Map<String, String> question = leave(browser);

        refuses(browser, 403, browser.get(CALLBACK + query.replace("%STATE%", question.get("state"))));
    }

    @Test
    void refusesOneWhoTakesTooLong() throws Throwable {
        Browser browser = new Browser();
        Map<String, String> question = leave(browser);
        provider.vouches(claims(), question);

        clock.ahead(Duration.ofMinutes(16), () -> refuses(browser, 403, comeBack(browser, question)));
        clock.ahead(Duration.ofMinutes(16), () -> {
            try {
                VertxContextSupport.subscribeAndAwait(journeys::purge);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        });

        assertEquals(0, ledger.count("select count(*) from sso_journey"));
    }

    // an honest provider's code goes to no other one's token endpoint (mix-up, RFC 9207)
    @Test
    void refusesAnAnswerOfAnotherIssuer() {
        Browser browser = new Browser();
        Map<String, String> question = leave(browser);
        provider.vouches(claims(), question);

        Page page = browser.get(CALLBACK + Identity.form(Map.of("code", "x", "state", question.get("state"), "iss",
                provider.issuer.url() + "/")));

        refuses(browser, 502, page);
        assertEquals(0, provider.issuer.asked(Provider.TOKEN));
    }

    @Test
    void refusesAnAnswerWithoutItsIssuerWhereTheProviderNamesItself() {
        provide(new JsonObject().put("authorization_response_iss_parameter_supported", true));
        Browser browser = new Browser();
        Map<String, String> question = leave(browser);
        provider.vouches(claims(), question);
        refuses(browser, 502, comeBack(browser, question));
        Map<String, String> again = leave(browser);
        provider.vouches(claims(), again);

        Page page = browser.get(CALLBACK + Identity.form(Map.of("code", "x", "state", again.get("state"), "iss",
                provider.issuer.url())));

        assertEquals(303, page.status());
    }

    /** ID tokens by what is wrong with them; each is good but for that. */
    @TestFactory
    Stream<DynamicTest> refusesAnIdTokenThatIsNoGood() {
        Map<String, Consumer<JsonObject>> wrong = new LinkedHashMap<>();
        wrong.put("of another sign-in", token -> token.put("nonce", "0".repeat(64)));
        wrong.put("without nonce", token -> token.remove("nonce"));
        wrong.put("of another issuer", token -> token.put("iss", "https://login.example.com"));
        wrong.put("of almost the issuer", token -> token.put("iss", token.getString("iss") + "/"));
        wrong.put("for another client", token -> token.put("aud", "another"));
        wrong.put("issued to another client", token -> token.put("azp", "another"));
        wrong.put("for several, issued to nobody", token -> token.put("aud", new JsonArray().add("gatehouse").add("other")));
        wrong.put("expired", token -> token.put("exp", Instant.now().getEpochSecond() - 60));
        wrong.put("without end", token -> token.remove("exp"));
        wrong.put("without begin", token -> token.remove("iat"));
        wrong.put("of the future", token -> token.put("iat", Instant.now().getEpochSecond() + 120));
        wrong.put("without subject", token -> token.remove("sub"));
        wrong.put("of an endless subject", token -> token.put("sub", "x".repeat(256)));
        return wrong.entrySet().stream().map(fault -> DynamicTest.dynamicTest(fault.getKey(), () -> {
            Browser browser = new Browser();
            Map<String, String> question = leave(browser);
            JsonObject token = provider.token(claims(), question);
            fault.getValue().accept(token);
            provider.says(FakeIssuer.sign(token, Outside.KEY, "RS256"));

            refuses(browser, 502, comeBack(browser, question));
        }));
    }

    @TestFactory
    Stream<DynamicTest> refusesAnIdTokenThatTheProviderHasNotSigned() {
        Map<String, Forger> forgers = new LinkedHashMap<>();
        forgers.put("not at all", token -> unsigned(token, "none"));
        forgers.put("not at all, in other capitals", token -> unsigned(token, "nOnE"));
        forgers.put("with the public key as a secret", token -> unsigned(token, "HS256") + "c2lnbmF0dXJl");
        forgers.put("by a stranger", token -> FakeIssuer.sign(token, STRANGER, "RS256"));
        forgers.put("by a key that comes along", token -> FakeIssuer.sign(token, STRANGER, "RS256",
                Map.of("jwk", STRANGER.toParams(OutputControlLevel.PUBLIC_ONLY))));
        forgers.put("as an access token", token -> FakeIssuer.sign(token, Outside.KEY, "RS256", Map.of("typ", "at+jwt")));
        forgers.put("as a logout token",
                token -> FakeIssuer.sign(token, Outside.KEY, "RS256", Map.of("typ", "logout+jwt")));
        forgers.put("as something else", token -> "no.token");
        return forgers.entrySet().stream().map(forger -> DynamicTest.dynamicTest(forger.getKey(), () -> {
            Browser browser = new Browser();
            Map<String, String> question = leave(browser);
            provider.says(forger.getValue().forge(provider.token(claims(), question)));

            refuses(browser, 502, comeBack(browser, question));
        }));
    }

    private interface Forger {

        String forge(JsonObject token);
    }

    private static String unsigned(JsonObject token, String algorithm) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(new JsonObject().put("alg", algorithm).put("kid", "key").encode().getBytes()) + '.'
                + base64.encodeToString(token.encode().getBytes()) + '.';
    }

    // what was said in one sign-in is no good in another one
    @Test
    void refusesTheIdTokenOfAnEarlierSignIn() {
        Browser browser = new Browser();
        Map<String, String> earlier = leave(browser);
        provider.vouches(claims(), earlier);
        assertEquals(303, comeBack(browser, earlier).status());
        browser.post("/oauth/sign-out", Map.of());

        refuses(browser, 502, comeBack(browser, leave(browser)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "error=access_denied&error_description=Not+today|access_denied Not today|403",
            "error=%3Cscript%3Ealert(1)%3C%2Fscript%3E|&lt;script&gt;alert(1)&lt;/script&gt;|403",
            "x=y|can&#39;t be asked|502" })
    void tellsAPersonWhatTheProviderRefusesAndSendsThemNowhere(String answer, String told, int status) {
        Browser browser = new Browser();
        Map<String, String> question = leave(browser);

        Page page = browser.get(CALLBACK + answer + "&state=" + question.get("state"));

        refuses(browser, status, page);
        assertTrue(page.text().contains(told), page.text());
        assertTrue(page.header("Content-Security-Policy").startsWith("default-src 'none'"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://evil.test", "//evil.test/", "/evil.test",
            "client_id=a&redirect_uri=https%3A%2F%2Fevil.test",
            "next=javascript:alert(1)", "..%2F..%2Fevil", "?", "%0d%0aSet-Cookie:%20a=b" })
    void leadsNowhereButBackToTheRequestThatWaits(String query) {
        Browser browser = new Browser();
        Map<String, String> question = question(browser.get("/oauth/sso/start?" + query));
        provider.vouches(claims(), question);

        String location = comeBack(browser, question).header("Location");

        assertEquals("../authorize?" + query, location);
        assertEquals("http://gatehouse.test/oauth/authorize",
                URI.create("http://gatehouse.test/oauth/sso/callback").resolve(location).toString().replaceFirst("\\?.*", ""));
        assertFalse(question.containsValue(query));
    }

    @Test
    void sendsNobodyToTheProviderWithoutEnd() {
        leave(new Browser());
        ledger.update("update token_bucket set tokens = 0, since = now() where key like 'sso:%'");

        Page page = new Browser().get("/oauth/sso/start");
        ledger.update("delete from token_bucket where key like 'sso:%'");

        assertEquals(429, page.status());
    }

    // server-side request forgery: what the metadata names is called under the same guard as everything else
    @ParameterizedTest
    @ValueSource(strings = { "http://10.0.0.1/token", "http://169.254.169.254/latest/meta-data",
            "http://[::ffff:10.0.0.1]/token", "http://0.0.0.0/token" })
    void callsNoAddressInsideThatTheMetadataNames(String endpoint) {
        provide(new JsonObject().put("token_endpoint", endpoint));
        Browser browser = new Browser();
        Map<String, String> question = leave(browser);

        Page page = comeBack(browser, question);

        refuses(browser, 502, page);
        assertFalse(page.text().contains(URI.create(endpoint).getHost()));
    }

    @Test
    void fetchesNoKeysFromAnAddressInside() {
        provide(new JsonObject().put("jwks_uri", "http://10.0.0.1/keys"));
        Browser browser = new Browser();
        Map<String, String> question = leave(browser);
        provider.vouches(claims(), question);

        refuses(browser, 502, comeBack(browser, question));
    }

    @Test
    void takesTheSecretToNoOtherPlaceThanTheTokenEndpoint() {
        try (BackEnd elsewhere = new BackEnd()) {
            provider.issuer.answers(Provider.TOKEN, response -> response.setStatusCode(307)
                    .putHeader("Location", elsewhere.url() + "/token").end());
            Browser browser = new Browser();

            refuses(browser, 502, comeBack(browser, leave(browser)));

            assertNull(elsewhere.take());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "[]", "no JSON", "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}",
            "{\"error\":\"invalid_grant\"}" })
    void refusesAnAnswerThatIsNoTokenResponse(String answer) {
        provider.issuer.answers(Provider.TOKEN, BackEnd.json(answer));
        Browser browser = new Browser();

        refuses(browser, 502, comeBack(browser, leave(browser)));
    }

    @Test
    void tellsNobodyOfTheNetworkThatItIsIn() {
        provider.issuer.answers(Provider.TOKEN, response -> response.setStatusCode(500).end("stack trace"));
        Browser browser = new Browser();

        Page page = comeBack(browser, leave(browser));

        refuses(browser, 502, page);
        assertFalse(page.text().contains("127.0.0.1") || page.text().contains("stack trace"));
    }

    @ParameterizedTest
    @CsvSource({ "GET,/oauth/sso/none,404", "GET,/oauth/sso,404", "POST,/oauth/sso/callback,405", "POST,/oauth/sso/start,405" })
    void answersWhatIsNoneOfItsPlacesWithAPage(String method, String target, int status) {
        Page page = new Browser().send(method, target);

        assertEquals(status, page.status());
        assertTrue(page.text().contains("<h1>"));
    }

    @Test
    void givesTheSessionToNoScriptAndNoOtherSite() {
        Page page = provider.signIn(new Browser(), claims());

        String cookie = page.headers().allValues("Set-Cookie").toString();
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), cookie);
        assertEquals(List.of("no-store"), page.headers().allValues("Cache-Control"));
    }
}
