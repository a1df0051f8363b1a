package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Identity.REDIRECT;
import static io.gatehouse.contract.oauth.Identity.authorize;
import static io.gatehouse.contract.oauth.Identity.refresh;
import static io.gatehouse.contract.oauth.Identity.said;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.contract.oauth.Identity.Tokens;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** {@code /api/iam/users/{id}/grants}, and what else ends what a person has agreed to. */
@QuarkusTest
class UserGrantsContractDbTest {

    @Inject
    Identity identity;
    @Inject
    Guests guests;
    @Inject
    Stewards stewards;
    @Inject
    Deployment deployment;
    @Inject
    OtherWorkspace others;
    @Inject
    Ledger ledger;

    private Guest person;
    private Guarded server;
    private String client;

    @BeforeEach
    void prepare() {
        person = guests.welcome();
        server = identity.server();
        identity.join(person, server);
        client = identity.client(REDIRECT);
    }

    private String path() {
        return person.path() + "/grants";
    }

    private int grant() {
        return deployment.api().get(path()).then().statusCode(200).extract().path("items[0].id");
    }

    private int ping(Tokens tokens) {
        Agent agent = server.agent(tokens.access());
        return agent.send(agent.legacy(1, "ping", Map.of())).join().statusCode();
    }

    private void assertOver(Tokens tokens) {
        assertEquals(401, ping(tokens));
        assertEquals(400, identity.token(refresh(client, tokens.refresh())).status());
        deployment.api().get(path()).then().statusCode(200).body("items", empty());
    }

    // G-11
    @Test
    void showsWhatAPersonHasAgreedTo() {
        deployment.api().get(path()).then().statusCode(200).body("items", empty()).body("next_page", equalTo(false));
        identity.letIn(person, server, client);
        deployment.api().get(path()).then().statusCode(200).body("items.client_name", contains("The app"))
                .body("items[0].client_id", equalTo(client)).body("items[0].mcp_server.id", equalTo(server.handle()))
                .body("items[0].mcp_server.name", equalTo("Guarded")).body("items[0].resource", equalTo(server.resource()))
                .body("items[0].scopes", equalTo(List.of("mcp:read", "mcp:write")));
    }

    @Test
    void saysWhenAGrantWasUsedLast() {
        Tokens tokens = identity.letIn(person, server, client);
        String first = deployment.api().get(path()).path("items[0].last_used_at");
        identity.token(refresh(client, tokens.refresh()));
        String later = deployment.api().get(path()).path("items[0].last_used_at");
        assertTrue(later.compareTo(first) > 0, first + " " + later);
    }

    // P-13
    @Test
    void endsAGrantAtOnce() {
        Tokens tokens = identity.letIn(person, server, client);
        assertEquals(200, ping(tokens));
        int grant = grant();
        deployment.api().delete(path() + "/" + grant).then().statusCode(200).body("success", equalTo(true));
        assertOver(tokens);
        deployment.api().delete(path() + "/" + grant).then().statusCode(404);
        assertEquals(List.of("grant.revoked"), ledger.actions("grant", grant));
    }

    /** Otherwise the application would be let in again without a word. */
    @Test
    void asksThePersonAgainAfterAGrantWasRevoked() {
        Browser browser = Guests.signedIn(person);
        Map<String, String> request = identity.request(client, server);
        identity.token(identity.exchange(client, said(identity.allow(browser, person, request)).get("code")));
        assertEquals(303, browser.get(authorize(request)).status());
        deployment.api().delete(path() + "/" + grant()).then().statusCode(200);
        Page page = browser.get(authorize(request));
        assertEquals(200, page.status());
        assertTrue(page.text().contains("Let The app use Guarded?"), page.text());
    }

    // P-11
    @Test
    void letsOnlyThoseRevokeWhoMayEditUsers() {
        identity.letIn(person, server, client);
        int grant = grant();
        String viewer = deployment.client(deployment.role("view_users"), null).getString("token");
        Deployment.as(viewer).get(path()).then().statusCode(200);
        Deployment.as(viewer).delete(path() + "/" + grant).then().statusCode(403);
        String nobody = deployment.client(deployment.role("view_tools"), null).getString("token");
        Deployment.as(nobody).get(path()).then().statusCode(403);
        String elsewhere = others.administrator(others.create());
        Deployment.as(elsewhere).get(path()).then().statusCode(404);
        Deployment.as(elsewhere).delete(path() + "/" + grant).then().statusCode(404);
        deployment.api().delete(guests.create("Bob").path() + "/grants/" + grant).then().statusCode(404);
        deployment.api().get("/api/iam/users/999999/grants").then().statusCode(404);
        assertEquals(grant, grant());
    }

    /** Whoever knew the old password may have let something in by it. */
    @Test
    void endsEverythingWithAnotherPassword() {
        Tokens tokens = identity.letIn(person, server, client);
        assertEquals(200, ping(tokens));
        String code = said(identity.allow(new Browser(), person, identity.request(client, server))).get("code");
        guests.setPassword(person);
        assertOver(tokens);
        assertEquals(400, identity.token(identity.exchange(client, code)).status());
        assertEquals(200, Guests.signedIn(person).get(authorize(identity.request(client, server))).status());
    }

    // P-13
    @Test
    void bringsNothingBackForOneWhoWasBlockedForAWhile() {
        Tokens tokens = identity.letIn(person, server, client);
        assertEquals(200, ping(tokens));
        deployment.api().body(Map.of("active", false)).put(person.path()).then().statusCode(200);
        assertEquals(401, ping(tokens));
        deployment.api().body(Map.of("active", true)).put(person.path()).then().statusCode(200);
        assertOver(tokens);
    }

    @Test
    void endsAGrantForTheManagementToo() {
        stewards.appoint(person, "Auditor");
        String token = identity.letIn(person, Stewards.MANAGEMENT, client).access();
        Deployment.as(token).get(person.path()).then().statusCode(200);
        deployment.api().get(path()).then().statusCode(200).body("items[0].mcp_server", nullValue())
                .body("items[0].resource", equalTo("http://gatehouse.test/api"))
                .body("items[0].scopes", contains("management"));
        deployment.api().delete(path() + "/" + grant()).then().statusCode(200);
        Deployment.as(token).get(person.path()).then().statusCode(401);
    }
}
