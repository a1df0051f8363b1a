package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Browser.SESSION;
import static io.gatehouse.contract.oauth.Guests.isSignedIn;
import static io.gatehouse.contract.oauth.Guests.signedIn;
import static io.gatehouse.contract.oauth.Identity.authorize;
import static io.gatehouse.contract.oauth.Provider.claims;
import static io.gatehouse.contract.oauth.Provider.comeBack;
import static io.gatehouse.contract.oauth.Provider.leave;
import static io.gatehouse.contract.oauth.Provider.question;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.contract.oauth.Identity.Tokens;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.BackEnd.Request;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;

/** People who sign in at their organisation's provider: {@code /oauth/sso}. */
@QuarkusTest
class SsoContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    Identity identity;
    @Inject
    Guests guests;
    @Inject
    Ledger ledger;

    private Provider provider;

    @BeforeEach
    void start() {
        provider = new Provider(deployment).known(Map.of());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    /** Another provider, whose metadata is different. */
    private void provide(UnaryOperator<JsonObject> metadata) {
        provider.close();
        provider = new Provider(deployment);
        provider.publishes(metadata.apply(provider.metadata()));
        provider.known(Map.of());
    }

    private String groupName(Guarded server) {
        return deployment.api().get("/api/iam/user_groups/" + server.group()).jsonPath().getString("name");
    }

    private JsonObject member(Guarded server) {
        return claims().put("groups", new JsonArray().add(groupName(server)).add("No group of ours"));
    }

    /** Goes as far as the consent page or another one; what the person was redirected to on the way is followed. */
    private Page ask(Browser browser, String client, Guarded server, JsonObject person) {
        Map<String, String> request = identity.request(client, server);
        Page page = browser.get(authorize(request));
        if (page.status() != 303 || !page.header("Location").startsWith("sso/start?")) {
            return page;
        }
        Map<String, String> question = question(browser.get("/oauth/" + page.header("Location")));
        provider.vouches(person, question);
        Page back = comeBack(browser, question);
        return back.status() != 303 ? back : browser.get("/oauth/" + back.header("Location").replaceFirst("^\\.\\./", ""));
    }

    private Tokens letIn(Browser browser, String client, Guarded server) {
        Page allowed = browser.post("/oauth/authorize",
                Map.of("query", Identity.form(identity.request(client, server)), "decision", "allow"));
        return Identity.tokens(identity.token(identity.exchange(client, Identity.said(allowed).get("code"))));
    }

    private static int status(Guarded server, String token) {
        Agent agent = server.agent(token);
        return agent.send(agent.legacy(1, "tools/list", Map.of())).join().statusCode();
    }

    // P-5, P-7: who signs in once at the provider needs no further sign-in for other clients and servers
    @Test
    void opensServersToOneWhoSignsInOnceAtTheProvider() {
        Guarded first = identity.server("sso");
        Guarded second = identity.server("sso");
        Guarded own = identity.server("workato_idp");
        JsonObject ada = claims().put("groups",
                new JsonArray().add(groupName(first)).add(groupName(second)).add(groupName(own)));
        Browser browser = new Browser();

        Page consent = ask(browser, identity.client(Identity.REDIRECT), first, ada);
        assertEquals(200, consent.status());
        assertTrue(consent.text().contains("Ada Lovelace"));
        String client = identity.client(Identity.REDIRECT);
        assertEquals(1, provider.issuer.asked(Provider.TOKEN));

        for (Guarded server : List.of(first, second, own)) {
            assertEquals(200, ask(browser, client, server, ada).status());
            String token = letIn(browser, client, server).access();
            assertEquals(200, status(server, token));
        }
        assertEquals(1, provider.issuer.asked(Provider.TOKEN));
    }

    @Test
    void asksTheProviderAsItsProtocolsHaveIt() {
        Page page = new Browser().get("/oauth/sso/start?client_id=x");

        Map<String, String> question = question(page);
        assertTrue(page.header("Location").startsWith(provider.issuer.url() + "/authorize?"));
        assertEquals("main", question.get("tenant"));
        assertEquals("code", question.get("response_type"));
        assertEquals(Provider.CLIENT, question.get("client_id"));
        assertEquals("http://gatehouse.test/oauth/sso/callback", question.get("redirect_uri"));
        assertEquals("openid email profile", question.get("scope"));
        assertEquals("S256", question.get("code_challenge_method"));
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals(List.of(43, 64, 43), List.of(question.get("state").length(), question.get("nonce").length(),
                question.get("code_challenge").length()));
    }

    @Test
    void redeemsTheCodeWithItsSecretAndTheVerifier() {
        Browser browser = new Browser();
        Map<String, String> question = leave(browser);
        provider.vouches(claims(), question);

        assertEquals("../account", comeBack(browser, question).header("Location"));

        Request request = provider.issuer.last(Provider.TOKEN);
        Map<String, String> form = form(request);
        assertEquals("Basic Z2F0ZWhvdXNlOnZlcnkrc2VjcmV0", request.headers().get("Authorization"));
        assertEquals("the code", form.get("code"));
        assertEquals("http://gatehouse.test/oauth/sso/callback", form.get("redirect_uri"));
        assertEquals(question.get("code_challenge"), Identity.challenge(form.get("code_verifier")));
    }

    private static Map<String, String> form(Request request) {
        return Identity.said(new Page(0, java.net.http.HttpHeaders.of(
                Map.of("Location", List.of("http://x/?" + request.body())), (name, value) -> true), ""));
    }

    @Test
    void showsItsSecretAsTheProviderWantsIt() {
        provide(metadata -> metadata.put("token_endpoint_auth_methods_supported",
                new JsonArray().add("private_key_jwt").add("client_secret_post")));
        assertEquals(303, provider.signIn(new Browser(), claims()).status());
        assertNull(provider.issuer.last(Provider.TOKEN).headers().get("Authorization"));
        assertEquals("very secret", form(provider.issuer.last(Provider.TOKEN)).get("client_secret"));
        deployment.api().body(Map.of("client_secret", "")).put(provider.path()).then().statusCode(200);

        assertEquals(303, provider.signIn(new Browser(), claims()).status());

        assertEquals(Provider.CLIENT, form(provider.issuer.last(Provider.TOKEN)).get("client_id"));
        assertNull(form(provider.issuer.last(Provider.TOKEN)).get("client_secret"));
    }

    @Test
    void offersTheProviderOnTheSignInPage() {
        String query = "client_id=a&state=%22%3E";

        String page = new Browser().get("/oauth/sign-in?" + query).text();

        assertTrue(page.contains("<a href=\"sso/start?client_id=a&amp;state=%22%3E\">Continue with Example Corp</a>"), page);
    }

    @Test
    void demandsTheProviderOfOneWhoHasGivenAPasswordWhereAServerDoes() {
        Guarded server = identity.server("sso");
        Guest guest = guests.welcome();
        identity.join(guest, server);
        Browser browser = signedIn(guest);
        Map<String, String> request = identity.request(identity.client(Identity.REDIRECT), server);

        assertEquals("sso/start?" + Identity.form(request), browser.get(authorize(request)).header("Location"));
        Page decided = browser.post("/oauth/authorize", Map.of("query", Identity.form(request), "decision", "allow"));

        assertEquals(403, decided.status());
        assertTrue(decided.text().contains("start once more"));
    }

    @Test
    void endsWhatPasswordsHaveOpenedWhenAServerLeavesItToTheProvider() {
        Guarded server = identity.server("workato_idp");
        Guest guest = guests.welcome();
        identity.join(guest, server);
        String client = identity.client(Identity.REDIRECT);
        Tokens tokens = identity.letIn(guest, server, client);
        assertEquals(200, status(server, tokens.access()));

        deployment.api()
                .body(Map.of("name", "Guarded", "folder_id", deployment.folder(), "authentication_method", "sso"))
                .put("/api/mcp/mcp_servers/" + server.handle()).then().statusCode(200);

        assertEquals(401, status(server, tokens.access()));
        assertEquals(400, identity.token(Identity.refresh(client, tokens.refresh())).status());
    }

    @Test
    void makesAUserOfOneWhoComesFirst() {
        JsonObject ada = claims();

        assertEquals(303, provider.signIn(new Browser(), ada).status());
        int user = provider.user(ada);
        assertEquals(303, provider.signIn(new Browser(), ada.copy().put("email", "other@example.test")).status());

        deployment.api().get("/api/iam/users/" + user).then().statusCode(200);
        assertEquals(List.of("user.created", "user.linked", "user.signed_in", "user.signed_in"), ledger.actions("user", user));
        assertEquals("identity_provider:" + provider.id(), ledger.entries("user", user).get(0).actor());
        assertEquals("user:" + user, ledger.last("user", user).actor());
    }

    @Test
    void makesNoUsersWhereItMayNot() {
        deployment.api().body(Map.of("create_users", false)).put(provider.path()).then().statusCode(200);
        JsonObject ada = claims();

        Page refused = provider.signIn(new Browser(), ada);

        assertEquals(403, refused.status());
        assertNull(provider.user(ada));
    }

    @Test
    void knowsAUserByAnAddressThatTheProviderHasVerified() {
        deployment.api().body(Map.of("create_users", false)).put(provider.path()).then().statusCode(200);
        Guest guest = guests.welcome();
        JsonObject claims = claims().put("email", guest.email().toUpperCase());
        Browser browser = new Browser();

        assertEquals(303, provider.signIn(browser, claims).status());

        assertTrue(browser.get("/oauth/account").text().contains(guest.email()));
        assertTrue(isSignedIn(signedIn(guest)));
    }

    // nobody gets an account by an address that is not theirs, nor learns whether somebody has it
    @Test
    void refusesAnAddressThatIsNotVerifiedWhoeverHasIt() {
        Guest guest = guests.welcome();
        Guest linked = guests.welcome();
        assertEquals(303, provider.signIn(new Browser(), claims().put("email", linked.email())).status());

        String known = refusal(claims().put("email", guest.email()).put("email_verified", false));
        String unknown = refusal(claims().put("email_verified", false));
        String unsaid = refusal(removed(claims().put("email", guest.email()), "email_verified"));
        String another = refusal(claims().put("email", linked.email()));
        String none = refusal(removed(claims(), "email"));
        deployment.api().body(Map.of("active", false)).put(guest.path()).then().statusCode(200);
        String inactive = refusal(claims().put("email", guest.email()));

        assertEquals(List.of(known, known, known, known, known), List.of(unknown, unsaid, another, none, inactive));
        assertEquals("user.sign_in_refused", ledger.last("user", "unknown").action());
    }

    private static JsonObject removed(JsonObject claims, String name) {
        claims.remove(name);
        return claims;
    }

    private String refusal(JsonObject claims) {
        Browser browser = new Browser();
        Page page = provider.signIn(browser, claims);
        assertEquals(403, page.status());
        assertFalse(isSignedIn(browser));
        return page.text();
    }

    @Test
    void trustsAddressesOfAProviderThatDoesNotSayWhereItIsTold() {
        deployment.api().body(Map.of("trust_email", true)).put(provider.path()).then().statusCode(200);

        assertEquals(303, provider.signIn(new Browser(), removed(claims(), "email_verified")).status());
        refusal(claims().put("email_verified", false));
        assertEquals(303, provider.signIn(new Browser(), claims().put("email_verified", "true")).status());
    }

    @Test
    void refusesOneWhoIsInactive() {
        JsonObject ada = claims();
        Browser browser = new Browser();
        provider.signIn(browser, ada);

        deployment.api().body(Map.of("active", false)).put("/api/iam/users/" + provider.user(ada)).then().statusCode(200);

        assertFalse(isSignedIn(browser));
        refusal(ada);
    }

    @Test
    void refusesOneWhoWasDeletedUntilSomebodyMakesThemAgain() {
        JsonObject ada = claims();
        provider.signIn(new Browser(), ada);
        deployment.api().delete("/api/iam/users/" + provider.user(ada)).then().statusCode(200);
        refusal(ada);

        deployment.api().body(Map.of("name", "Ada", "email", ada.getString("email"))).post("/api/iam/users").then()
                .statusCode(200);

        assertEquals(303, provider.signIn(new Browser(), ada).status());
    }

    // P-9, P-13: the provider's groups decide, from the next sign-in on
    @Test
    void takesGroupsFromTheClaimAndGivesThemBackToIt() {
        Guarded server = identity.server("sso");
        Guarded byHand = identity.server("sso");
        JsonObject ada = member(server);
        Browser browser = new Browser();
        String client = identity.client(Identity.REDIRECT);
        assertEquals(200, ask(browser, client, server, ada).status());
        Tokens tokens = letIn(browser, client, server);
        deployment.api().body(Map.of("user_group_id", byHand.group()))
                .post("/api/iam/users/" + provider.user(ada) + "/add_to_group").then().statusCode(200);
        assertEquals(200, status(server, tokens.access()));
        assertEquals(List.of(server.group(), byHand.group()), provider.groups(ada));

        assertEquals(303, provider.signIn(new Browser(), ada.copy().put("groups", new JsonArray())).status());

        assertEquals(403, status(server, tokens.access()));
        assertEquals(List.of(byHand.group()), provider.groups(ada));
        assertEquals("identity_provider:" + provider.id(), ledger.last("user_group", server.group()).actor());
        assertEquals("user_group.members_removed", ledger.last("user_group", server.group()).action());
        assertEquals(403, ask(browser, client, server, ada).status());
    }

    @Test
    void keepsAMembershipThatSomebodyGaveByHandTooWhenTheClaimGoes() {
        Guarded server = identity.server("sso");
        JsonObject ada = member(server);
        provider.signIn(new Browser(), ada);
        deployment.api().body(Map.of("user_group_id", server.group()))
                .post("/api/iam/users/" + provider.user(ada) + "/add_to_group").then().statusCode(200);

        provider.signIn(new Browser(), removed(ada.copy(), "groups"));

        assertEquals(List.of(server.group()), provider.groups(ada));
    }

    @Test
    void readsAClaimOfAnotherNameAndOfOneGroupAlone() {
        Guarded server = identity.server("sso");
        deployment.api().body(Map.of("groups_claim", "https://corp.example/team")).put(provider.path()).then()
                .statusCode(200);
        JsonObject ada = claims().put("https://corp.example/team", groupName(server));

        provider.signIn(new Browser(), ada);

        assertEquals(List.of(server.group()), provider.groups(ada));
    }

    @Test
    void asksForWhatTheIdTokenLeavesOut() {
        Guarded server = identity.server("sso");
        provide(metadata -> metadata.put("userinfo_endpoint", metadata.getString("issuer") + "/userinfo"));
        JsonObject ada = member(server);
        provider.issuer.answers(Provider.USER_INFO, BackEnd.json(ada.encode()));

        assertEquals(303, provider.signIn(new Browser(), new JsonObject().put("sub", ada.getString("sub"))).status());
        provider.issuer.answers(Provider.USER_INFO, BackEnd.json(ada.copy().put("sub", "somebody else").encode()));
        Page other = provider.signIn(new Browser(), new JsonObject().put("sub", ada.getString("sub")));

        assertEquals("Bearer access", provider.issuer.last(Provider.USER_INFO).headers().get("Authorization"));
        assertEquals(List.of(server.group()), provider.groups(ada));
        assertEquals(502, other.status());
    }

    @Test
    void fixesNoSessionAndEndsTheOneBefore() {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);
        String before = browser.cookies.get(SESSION);

        provider.signIn(browser, claims());

        assertNotEquals(before, browser.cookies.get(SESSION));
        browser.cookies.put(SESSION, before);
        assertFalse(isSignedIn(browser));
    }

    @Test
    void leadsOutOfTheProviderToo() {
        Browser browser = new Browser();
        JsonObject ada = claims();
        provider.signIn(browser, ada);

        Page out = browser.post("/oauth/sign-out", Map.of());

        assertFalse(isSignedIn(browser));
        String link = out.text().replaceAll("(?s).*<a href=\"(http[^\"]*)\".*", "$1").replace("&amp;", "&");
        assertTrue(link.startsWith(provider.issuer.url() + "/logout?"), out.text());
        Map<String, String> said = Identity.said(new Page(0,
                java.net.http.HttpHeaders.of(Map.of("Location", List.of(link)), (name, value) -> true), ""));
        assertEquals("http://gatehouse.test/oauth/sign-in", said.get("post_logout_redirect_uri"));
        assertEquals(Provider.CLIENT, said.get("client_id"));
        assertEquals(3, said.get("id_token_hint").split("\\.").length);
    }

    @Test
    void letsPeopleSignOutWhereTheProviderHasNoPlaceForIt() {
        provide(metadata -> metadata.put("end_session_endpoint", "javascript:alert(1)"));
        Browser browser = new Browser();
        provider.signIn(browser, claims());

        Page out = browser.post("/oauth/sign-out", Map.of());

        assertEquals(200, out.status());
        assertFalse(out.text().contains("Example Corp"));
        assertFalse(isSignedIn(browser));
    }

    @Test
    void endsTheSessionsOfAProviderThatIsGoneOrAnother() {
        Browser browser = new Browser();
        JsonObject ada = claims();
        provider.signIn(browser, ada);
        deployment.api().body(Map.of("name", "Corp")).put(provider.path()).then().statusCode(200);
        assertTrue(isSignedIn(browser));
        deployment.api().body(Map.of("client_id", "another")).put(provider.path()).then().statusCode(200);
        assertFalse(isSignedIn(browser));
        deployment.api().body(Map.of("client_id", Provider.CLIENT)).put(provider.path()).then().statusCode(200);
        provider.signIn(browser, ada);
        assertTrue(isSignedIn(browser));

        deployment.api().delete(provider.path()).then().statusCode(200);

        assertFalse(isSignedIn(browser));
    }

    @Test
    void saysThatNoProviderIsSetUp() {
        deployment.api().delete(provider.path()).then().statusCode(200);
        Guarded server = identity.server("sso");
        Browser browser = new Browser();
        Page page = browser.get(authorize(identity.request(identity.client(Identity.REDIRECT), server)));

        Page start = browser.get("/oauth/" + page.header("Location"));

        assertEquals(409, start.status());
        assertTrue(start.text().contains("none is set up"));
        assertFalse(browser.get("/oauth/sign-in").text().contains("Continue with"));
    }

    @Test
    void keepsWhatItIsToldOfAPersonSealed() {
        Browser browser = new Browser();
        provider.signIn(browser, claims());

        assertTrue(ledger.text("select sealed_id_token from browser_session where provider_id = " + provider.id())
                .startsWith("eyJhbGciOiJkaXIi"));
        assertEquals(URI.create("http://gatehouse.test/oauth/account"),
                URI.create("http://gatehouse.test/oauth/sso/callback").resolve("../account"));
    }

    @Test
    void takesTheSamePersonInTwoWindowsForOne() {
        JsonObject ada = claims();
        Browser browser = new Browser();
        Map<String, String> one = leave(browser);
        Map<String, String> other = leave(browser);

        provider.vouches(ada, other);
        assertEquals(303, comeBack(browser, other).status());
        provider.vouches(ada, one);
        assertEquals(303, comeBack(browser, one).status());

        assertEquals(1, ledger.count("select count(*) from end_user_identity where subject = '" + ada.getString("sub") + "'"));
        assertEquals(UUID.fromString(ada.getString("sub")).toString() + "@example.test", ada.getString("email"));
    }
}
