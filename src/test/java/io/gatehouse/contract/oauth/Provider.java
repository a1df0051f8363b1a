package io.gatehouse.contract.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import com.nimbusds.oauth2.sdk.util.URLUtils;

import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.FakeIssuer;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;

/** An organisation's provider on loopback, at which the workspace's people sign in. */
final class Provider implements AutoCloseable {

    static final String PROVIDERS = "/api/iam/identity_providers";
    static final String CLIENT = "gatehouse";
    static final String CALLBACK = "/oauth/sso/callback?";
    static final String TOKEN = "/realms/main/token";
    static final String USER_INFO = "/realms/main/userinfo";

    final FakeIssuer issuer = new FakeIssuer();
    private final Deployment deployment;
    private int id;

    Provider(Deployment deployment) {
        this.deployment = deployment;
        publishes(metadata());
        issuer.publishes(Outside.KEY);
    }

    JsonObject metadata() {
        return issuer.metadata().put("authorization_endpoint", issuer.url() + "/authorize?tenant=main")
                .put("token_endpoint", issuer.url() + "/token").put("end_session_endpoint", issuer.url() + "/logout");
    }

    void publishes(JsonObject metadata) {
        issuer.answers(FakeIssuer.METADATA, BackEnd.json(metadata.encode()));
    }

    Map<String, Object> draft() {
        return new HashMap<>(Map.of("name", "Example Corp", "issuer", issuer.url(), "client_id", CLIENT, "client_secret",
                "very secret"));
    }

    /** Set up in the workspace, with what is to be different about it. */
    Provider known(Map<String, ?> wish) {
        Map<String, Object> body = draft();
        body.putAll(wish);
        id = deployment.api().body(body).post(PROVIDERS).then().statusCode(200).extract().path("id");
        return this;
    }

    int id() {
        return id;
    }

    String path() {
        return PROVIDERS + "/" + id;
    }

    /** Good claims of somebody whom nobody knows yet. */
    static JsonObject claims() {
        String subject = UUID.randomUUID().toString();
        return new JsonObject().put("sub", subject).put("name", "Ada Lovelace").put("email", subject + "@example.test")
                .put("email_verified", true);
    }

    /** What a browser is sent to the provider with. */
    static Map<String, String> question(Page page) {
        assertEquals(303, page.status(), page.text());
        return URLUtils.parseParameters(URI.create(page.header("Location")).getRawQuery()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get(0)));
    }

    /** Asks for a page that sends the browser to the provider. */
    static Map<String, String> leave(Browser browser) {
        return question(browser.get("/oauth/sso/start"));
    }

    /** The ID token of an answer, whole as a good provider has it. */
    JsonObject token(JsonObject claims, Map<String, String> question) {
        long now = Instant.now().getEpochSecond();
        return new JsonObject().put("iss", issuer.url()).put("aud", CLIENT).put("iat", now).put("exp", now + 300)
                .put("nonce", question.get("nonce")).mergeIn(claims);
    }

    /** Has the token endpoint say this of who comes next. */
    void says(String idToken) {
        issuer.answers(TOKEN, BackEnd.json(new JsonObject().put("access_token", "access").put("token_type", "Bearer")
                .put("id_token", idToken).encode()));
    }

    void vouches(JsonObject claims, Map<String, String> question) {
        says(FakeIssuer.sign(token(claims, question), Outside.KEY, "RS256"));
    }

    static Page comeBack(Browser browser, Map<String, String> question) {
        return browser.get(CALLBACK + Identity.form(Map.of("code", "the code", "state", question.get("state"))));
    }

    /** The whole way there and back; the last page. */
    Page signIn(Browser browser, JsonObject claims) {
        Map<String, String> question = leave(browser);
        vouches(claims, question);
        return comeBack(browser, question);
    }

    /** The id of a user, or null. */
    Integer user(JsonObject claims) {
        Integer found = null;
        boolean goesOn = true;
        for (int page = 1; found == null && goesOn; page++) {
            JsonPath users = deployment.api().queryParam("page", page).get("/api/iam/users").jsonPath();
            found = users.param("email", claims.getString("email")).get("items.find { it.email == email }?.id");
            goesOn = users.getBoolean("next_page");
        }
        return found;
    }

    List<Integer> groups(JsonObject claims) {
        return deployment.api().get("/api/iam/users/" + user(claims)).jsonPath().getList("user_group_ids");
    }

    @Override
    public void close() {
        if (id != 0) {
            deployment.api().delete(path());
        }
        issuer.close();
    }
}
