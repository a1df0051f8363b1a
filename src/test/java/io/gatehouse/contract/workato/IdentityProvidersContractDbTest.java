package io.gatehouse.contract.workato;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.FakeIssuer;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;

/** {@code /api/iam/identity_providers} (G-20). */
@QuarkusTest
class IdentityProvidersContractDbTest {

    private static final String PROVIDERS = "/api/iam/identity_providers";
    private static final String SECRET = "nobody sees this";

    @Inject
    Deployment deployment;
    @Inject
    OtherWorkspace others;
    @Inject
    Ledger ledger;

    private FakeIssuer issuer;

    @BeforeEach
    void start() {
        issuer = new FakeIssuer();
        publishes(metadata());
    }

    @AfterEach
    void stop() {
        issuer.close();
        deployment.api().get(PROVIDERS).jsonPath().getList("items.id")
                .forEach(id -> deployment.api().delete(PROVIDERS + "/" + id).then().statusCode(200));
    }

    private JsonObject metadata() {
        return issuer.metadata().put("authorization_endpoint", issuer.url() + "/authorize")
                .put("token_endpoint", issuer.url() + "/token");
    }

    private void publishes(JsonObject metadata) {
        issuer.answers(FakeIssuer.METADATA, BackEnd.json(metadata.encode()));
    }

    private ValidatableResponse create(Map<String, ?> changed) {
        Map<String, Object> body = new HashMap<>(
                Map.of("name", "Corp", "issuer", issuer.url(), "client_id", "gatehouse", "client_secret", SECRET));
        body.putAll(changed);
        return deployment.api().body(body).post(PROVIDERS).then();
    }

    @Test
    void setsAProviderUpWithWhatIsUsual() {
        int id = create(Map.of()).statusCode(200).body("name", equalTo("Corp")).body("issuer", equalTo(issuer.url()))
                .body("client_id", equalTo("gatehouse")).body("has_client_secret", equalTo(true))
                .body("scopes", equalTo("openid email profile")).body("groups_claim", equalTo("groups"))
                .body("create_users", equalTo(true)).body("trust_email", equalTo(false))
                .body("redirect_uri", equalTo("http://gatehouse.test/oauth/sso/callback"))
                .body("post_logout_redirect_uri", equalTo("http://gatehouse.test/oauth/sign-in")).extract().path("id");

        deployment.api().get(PROVIDERS).then().body("items", hasSize(1)).body("items[0].id", equalTo(id))
                .body("next_page", equalTo(false));
        deployment.api().get(PROVIDERS + "/" + id).then().statusCode(200).body("name", equalTo("Corp"));
    }

    @Test
    void changesWhatIsSaidAndKeepsTheRest() {
        int id = create(Map.of()).statusCode(200).extract().path("id");

        deployment.api().body(Map.of("groups_claim", "teams", "create_users", false)).put(PROVIDERS + "/" + id).then()
                .statusCode(200).body("groups_claim", equalTo("teams")).body("create_users", equalTo(false))
                .body("has_client_secret", equalTo(true)).body("issuer", equalTo(issuer.url()));
        deployment.api().body(Map.of("client_secret", "")).put(PROVIDERS + "/" + id).then()
                .body("has_client_secret", equalTo(false));
        deployment.api().delete(PROVIDERS + "/" + id).then().statusCode(200).body("success", equalTo(true));

        deployment.api().get(PROVIDERS + "/" + id).then().statusCode(404);
        deployment.api().body(Map.of()).put(PROVIDERS + "/" + id).then().statusCode(404);
        deployment.api().delete(PROVIDERS + "/" + id).then().statusCode(404);
        assertEquals(List.of("identity_provider.created", "identity_provider.updated", "identity_provider.updated",
                "identity_provider.deleted"), ledger.actions("identity_provider", id));
    }

    @Test
    void showsTheSecretToNobody() {
        int id = create(Map.of()).statusCode(200).body(not(containsString(SECRET))).extract().path("id");
        deployment.api().body(Map.of("client_secret", SECRET + "!")).put(PROVIDERS + "/" + id).then().statusCode(200)
                .body(not(containsString(SECRET)));

        deployment.api().get(PROVIDERS).then().body(not(containsString(SECRET)));
        String sealed = ledger.text("select sealed_secret from identity_provider where id = " + id);
        assertFalse(sealed.contains(SECRET));
        assertEquals(0, ledger.count("select count(*) from audit_entry where changes::text like '%" + SECRET
                + "%' or changes::text like '%" + sealed + "%'"));
        assertEquals("******", ledger.last("identity_provider", id).changes().getString("client_secret.after"));
    }

    @Test
    void hasOneProviderOnly() {
        create(Map.of()).statusCode(200);

        create(Map.of("name", "Another")).statusCode(409).body("code", equalTo("identity_provider_exists"));

        deployment.api().get(PROVIDERS).then().body("items", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "name|''", "issuer|''", "issuer|login.example.com", "issuer|ftp://login.example.com",
            "issuer|https://login.example.com?x=y", "issuer|https://user@login.example.com", "client_id|' '",
            "client_id|é", "client_secret|é", "scopes|email", "scopes|openid  email", "scopes|''", "groups_claim|''" })
    void refusesWhatIsNone(String field, String value) {
        create(Map.of(field, value)).statusCode(400).body("errors", hasKey(field));
    }

    // SSRF, and secrets that would travel in the clear
    @ParameterizedTest
    @CsvSource({ "https://10.0.0.1/x", "http://10.0.0.1/x", "http://169.254.169.254/latest", "http://93.184.215.14/x" })
    void refusesAnIssuerThatItDoesNotCall(String url) {
        create(Map.of("issuer", url)).statusCode(400).body("errors", hasKey("issuer"));
    }

    @Test
    void refusesAnIssuerWhoseMetadataIsAnothers() {
        create(Map.of("issuer", issuer.url() + "/")).statusCode(400).body("errors", hasKey("issuer"));
        int id = create(Map.of()).statusCode(200).extract().path("id");

        deployment.api().body(Map.of("issuer", issuer.url() + "/")).put(PROVIDERS + "/" + id).then().statusCode(400);

        deployment.api().get(PROVIDERS + "/" + id).then().body("issuer", equalTo(issuer.url()));
    }

    @ParameterizedTest
    @CsvSource({ "authorization_endpoint,", "token_endpoint,", "jwks_uri,", "authorization_endpoint,javascript:alert(1)",
            "token_endpoint,data:x" })
    void refusesAnIssuerAtWhichNobodyCanSignIn(String field, String endpoint) {
        publishes(metadata().put(field, endpoint));

        create(Map.of()).statusCode(400).body("errors", hasKey("issuer"));
    }

    // W-10, P-11
    @ParameterizedTest
    @CsvSource({ "POST,''", "PUT,/1", "DELETE,/1" })
    void letsOnlyThoseWriteWhoMay(String method, String path) {
        for (String token : List.of(deployment.client(3, null).getString("token"),
                deployment.client(1, List.of(deployment.folder())).getString("token"))) {
            Deployment.as(token).body(Map.of("name", "x")).request(method, PROVIDERS + path).then().statusCode(403)
                    .body("code", equalTo("forbidden"));
        }
    }

    // a provider could let somebody in as an owner, which is out of the reach of all but owners
    @ParameterizedTest
    @CsvSource({ "POST,''", "PUT,/1", "DELETE,/1" })
    void letsOnlyOwnersWrite(String method, String path) {
        String token = deployment.client(deployment.role("view_users", "edit_users"), null).getString("token");

        Deployment.as(token).body(Map.of("name", "x")).request(method, PROVIDERS + path).then().statusCode(403);
        Deployment.as(token).get(PROVIDERS).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({ "''", "/1" })
    void letsOnlyThoseReadWhoMay(String path) {
        String token = deployment.client(deployment.role("view_servers"), null).getString("token");

        Deployment.as(token).get(PROVIDERS + path).then().statusCode(403);
    }

    @Test
    void seesNothingOfOtherWorkspaces() {
        int id = create(Map.of()).statusCode(200).extract().path("id");
        String token = others.administrator(others.create());

        Deployment.as(token).get(PROVIDERS).then().body("items", empty());
        Deployment.as(token).get(PROVIDERS + "/" + id).then().statusCode(404);
        Deployment.as(token).body(Map.of("name", "x")).put(PROVIDERS + "/" + id).then().statusCode(404);
        Deployment.as(token).delete(PROVIDERS + "/" + id).then().statusCode(404);
    }

    @Test
    void isInTheDocumentOfWhatIsManagedBesideServers() {
        String document = deployment.api().get("/openapi/gatehouse.yaml").asString();

        assertTrue(document.contains("/api/iam/identity_providers/{id}:") && document.contains("IdentityProviderInput"));
    }
}
