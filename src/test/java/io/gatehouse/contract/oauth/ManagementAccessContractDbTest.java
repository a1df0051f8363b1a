package io.gatehouse.contract.oauth;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.contract.oauth.Identity.Tokens;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.Ledger.Entry;
import io.gatehouse.testing.Wire.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** How people who have signed in manage, by applications that they let. */
@QuarkusTest
class ManagementAccessContractDbTest {

    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @Inject
    Identity identity;
    @Inject
    Guests guests;
    @Inject
    Stewards stewards;
    @Inject
    Deployment deployment;
    @Inject
    Ledger ledger;

    private Guest person;
    private String client;

    @BeforeEach
    void welcome() {
        person = guests.welcome();
        client = identity.client(Identity.REDIRECT);
    }

    private static int call(Guarded server, String token) {
        return Deployment.as(token).body(PING).post("/mcp/" + server.handle()).statusCode();
    }

    private static int me(String token) {
        return Deployment.as(token).get("/api/users/me").statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/users/me", "/v1/mcpservers" })
    void tellsAClientWhereToAsk(String path) {
        String challenge = RestAssured.get(path).then().statusCode(401).extract().header("WWW-Authenticate");

        assertEquals("Bearer resource_metadata=\"http://gatehouse.test/.well-known/oauth-protected-resource/api\"", challenge);
        assertEquals(challenge, Deployment.as("x").get(path).then().statusCode(401).extract().header("WWW-Authenticate"));
        RestAssured.get("/.well-known/oauth-protected-resource/api").then().statusCode(200)
                .body("resource", equalTo("http://gatehouse.test/api"))
                .body("authorization_servers", contains("http://gatehouse.test/oauth"))
                .body("scopes_supported", contains("management"));
    }

    // W-10, P-30
    @Test
    void letsAPersonManageAsTheirRoleHasIt() {
        stewards.appoint(person, "Editor");

        String token = identity.letIn(person, Stewards.MANAGEMENT, client).access();

        Deployment.as(token).get("/api/users/me").then().statusCode(200).body("id", equalTo(person.id()))
                .body("name", equalTo("Ann")).body("email", equalTo(person.email())).body("role", equalTo("Editor"))
                .body("privileges", hasItems("edit_servers", "operate_servers"))
                .body("privileges", not(hasItem("edit_users"))).body("all_folders", equalTo(true))
                .body("workspace.name", equalTo("Default workspace"));
        int project = Deployment.as(token).body(Map.of("name", "Hers")).post("/api/folders").then().statusCode(200)
                .extract().path("project_id");
        Deployment.as(token).get("/v1/mcpservers").then().statusCode(200);
        Deployment.as(token).body(Map.of("name", "x", "email", "x@example.test")).post("/api/iam/users").then()
                .statusCode(403).body("code", equalTo("forbidden"));
        Entry entry = ledger.last("project", project);
        assertEquals("user:" + person.id(), entry.actor());
        assertEquals("workato", entry.source());
    }

    @Test
    void asksThePersonEachTime() {
        stewards.appoint(person, "Auditor");
        Browser browser = Guests.signedIn(person);
        String question = Identity.authorize(identity.request(client, Stewards.MANAGEMENT));

        assertTrue(browser.get(question).text().contains("manage whatever your role lets you manage"));
        identity.allow(browser, person, identity.request(client, Stewards.MANAGEMENT));

        assertEquals(200, browser.get(question).status());
    }

    @Test
    void tellsAPersonWithoutARoleThatThereIsNoAccess() {
        Browser browser = Guests.signedIn(person);
        Map<String, String> request = identity.request(client, Stewards.MANAGEMENT);

        Page page = browser.get(Identity.authorize(request));
        Page decision = browser.post("/oauth/authorize", Map.of("query", Identity.form(request), "decision", "allow"));

        for (Page refusal : List.of(page, decision)) {
            assertEquals(403, refusal.status());
            assertTrue(refusal.text().contains("You have no access to Gatehouse management"));
            assertTrue(refusal.text().contains("error=access_denied"));
        }
    }

    @Test
    void offersTheScopeOfManagementAlone() {
        stewards.appoint(person, "Auditor");
        Map<String, String> request = identity.request(client, Stewards.MANAGEMENT);
        request.put("scope", "mcp:read");
        Map<String, String> other = identity.request(client, identity.server());
        other.put("scope", "management");

        for (Map<String, String> asked : List.of(request, other)) {
            assertEquals("invalid_scope", Identity.said(identity.allow(new Browser(), person, asked)).get("error"));
        }
    }

    // W-10
    @Test
    void followsTheRoleWithTheNextRequest() {
        stewards.appoint(person, "Editor");
        String token = identity.letIn(person, Stewards.MANAGEMENT, client).access();
        Deployment.as(token).body(Map.of("name", "One")).post("/api/folders").then().statusCode(200);

        stewards.appoint(person, "Auditor");

        Deployment.as(token).body(Map.of("name", "Two")).post("/api/folders").then().statusCode(403);
        Deployment.as(token).get("/api/developer_api_clients").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "dismissed", "deactivated", "deleted" })
    void refusesOneWhoIsWithTheNextRequest(String fate) {
        stewards.appoint(person, "Admin");
        Tokens tokens = identity.letIn(person, Stewards.MANAGEMENT, client);
        assertEquals(200, me(tokens.access()));

        (switch (fate) {
            case "dismissed" -> deployment.api().delete(Stewards.path(person));
            case "deactivated" -> deployment.api().body(Map.of("active", false)).put(person.path());
            default -> deployment.api().delete(person.path());
        }).then().statusCode(200);

        assertEquals(401, me(tokens.access()));
        assertEquals("invalid_grant", identity.token(Identity.refresh(client, tokens.refresh())).json().path("error").asText());
    }

    @Test
    void givesNoTokenToOneWhoIsDismissedMeanwhile() {
        stewards.appoint(person, "Admin");
        String code = Identity.said(identity.allow(new Browser(), person, identity.request(client, Stewards.MANAGEMENT)))
                .get("code");

        deployment.api().delete(Stewards.path(person)).then().statusCode(200);

        assertEquals("invalid_grant", identity.token(identity.exchange(client, code)).json().path("error").asText());
    }

    @Test
    void endsWhatAnApplicationGivesBack() {
        stewards.appoint(person, "Auditor");
        Tokens tokens = identity.letIn(person, Stewards.MANAGEMENT, client);

        identity.wire().send(new Request("POST", "/oauth/revoke", Map.of("Content-Type",
                "application/x-www-form-urlencoded"),
                Identity.form(Map.of("token", tokens.access(), "client_id", client))
                        .getBytes(StandardCharsets.UTF_8)));

        assertEquals(401, me(tokens.access()));
    }

    /** The one is no key to the other, whoever the person is. */
    @Test
    void tellsTokensOfServersFromTokensOfManagement() {
        stewards.appoint(person, "Owner");
        Guarded server = identity.server();
        identity.join(person, server);
        String ofServer = identity.letIn(person, server, client).access();
        String ofManagement = identity.letIn(person, Stewards.MANAGEMENT, client).access();
        assertEquals(200, call(server, ofServer));
        assertEquals(200, me(ofManagement));

        assertEquals(401, me(ofServer));
        Deployment.as(ofServer).get("/v1/mcpservers").then().statusCode(401);
        assertEquals(401, call(server, ofManagement));
        assertEquals(401, call(server, deployment.token()));
    }

    // P-10
    @Test
    void givesAnOwnerNoAccessToAServerWithoutAGroup() {
        stewards.appoint(person, "Owner");
        Guarded server = identity.server();

        Page page = identity.allow(new Browser(), person, identity.request(client, server));
        assertEquals(403, page.status());

        identity.join(person, server);
        String token = identity.letIn(person, server, client).access();
        assertEquals(200, call(server, token));
        deployment.api().body(Map.of("user_ids", List.of(person.id())))
                .post("/api/iam/user_groups/" + server.group() + "/remove_users").then().statusCode(200);
        assertEquals(403, call(server, token));
    }

    // W-11
    @Test
    void keepsAPersonToTheirProjects() {
        JsonPath own = deployment.api().body(Map.of("name", "Own")).post("/api/folders").jsonPath();
        JsonPath foreign = deployment.api().body(Map.of("name", "Foreign")).post("/api/folders").jsonPath();
        deployment.api().body(Map.of("role_id", stewards.role("Admin"), "folder_ids", List.of(own.getInt("id"))))
                .put(Stewards.path(person)).then().statusCode(200).body("all_folders", equalTo(false))
                .body("folder_ids", contains(own.getInt("id")));

        String token = identity.letIn(person, Stewards.MANAGEMENT, client).access();

        Deployment.as(token).get("/api/projects").then().statusCode(200).body("items.id",
                contains(own.getInt("project_id")));
        Deployment.as(token).get("/api/folders/" + foreign.getInt("id")).then().statusCode(404);
        Deployment.as(token).get("/api/users/me").then().body("folder_ids", contains(own.getInt("id")));
        Deployment.as(token).body(Map.of("name", "x", "email", "y@example.test")).post("/api/iam/users").then()
                .statusCode(403);
        Deployment.as(token).body(Map.of("role_id", stewards.role("Editor"))).put(Stewards.path(guests.create("Bea"))).then()
                .statusCode(403);
    }

    @Test
    void listsAndAuditsWhoManages() {
        stewards.appoint(person, "Operator");
        stewards.appoint(person, "Auditor");

        deployment.api().get(Stewards.path(person)).then().statusCode(200).body("id", equalTo(person.id()))
                .body("email", equalTo(person.email())).body("role", equalTo("Auditor"))
                .body("active", equalTo(true)).body("$", not(hasKey("folder_ids")));
        deployment.api().get(Stewards.ALL).then().statusCode(200).body("items.id", hasItem(person.id()));
        deployment.api().delete(Stewards.path(person)).then().statusCode(200).body("success", equalTo(true));
        deployment.api().delete(Stewards.path(person)).then().statusCode(404);
        deployment.api().get(Stewards.path(person)).then().statusCode(404);
        assertEquals(List.of("administrator.appointed", "administrator.changed", "administrator.dismissed"),
                ledger.actions("administrator", person.id()));
        assertEquals("Auditor", ledger.entries("administrator", person.id()).get(1).changes().getString("role.after"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}|api_privilege_group_id", "{\"role_id\":999999}|api_privilege_group_id",
            "{\"role_id\":1,\"api_privilege_group_id\":2}|role_id", "{\"role_id\":3,\"folder_ids\":[999999]}|folder_ids.0",
            "{\"role_id\":3,\"all_folders\":true,\"folder_ids\":[1]}|all_folders" })
    void namesTheFieldThatIsWrong(String body, String field) {
        deployment.api().body(body).put(Stewards.path(person)).then().statusCode(400).body("errors", hasKey(field));
    }

    @Test
    void knowsNoSuchUser() {
        deployment.api().body(Map.of("role_id", 3)).put(Stewards.ALL + "/999999").then().statusCode(404);
        deployment.api().get(Stewards.ALL + "/x").then().statusCode(404);
    }

    @Test
    void keepsARoleThatAnAdministratorHas() {
        int role = deployment.role("view_servers");
        deployment.api().body(Map.of("role_id", role)).put(Stewards.path(person)).then().statusCode(200);

        deployment.api().delete("/api/developer_api_client_roles/" + role).then().statusCode(409).body("code",
                equalTo("role_in_use"));
    }
}
