package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.SERVERS;
import static io.gatehouse.contract.celigo.Account.WORKATO;
import static io.gatehouse.contract.celigo.Account.faults;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** One server under two dialects: each writes what it can say and leaves the rest alone. */
@QuarkusTest
class DialectsContractDbTest {

    private static final String OAUTH = "'oauth':{'issuerURL':'https://issuer.example.com','audience':'a','clientSecret':'s'}";
    private static final String RICH = """
            'description':'D','disabled':false,'tools':[{'_toolId':'T0','name':'a','disabled':false,'annotations':
            {'title':'A'},'overrides':{'connections':[{'_abstractId':'c'}]}},{'_toolId':'T1','name':'b'}],
            'prompts':[{'name':'p','messagesTemplate':[{'role':'user','template':'x'}]}],""" + OAUTH;

    @Inject
    Account account;

    @Inject
    Deployment deployment;

    @Inject
    Tables tables;

    private ValidatableResponse workato(String id, Map<String, ?> body) {
        return account.workato().body(body).put(WORKATO + "/" + account.handle(id)).then();
    }

    private JsonPath madeByWorkato(String method) {
        return account.workato().body(Map.of("name", "Made", "folder_id", deployment.folder(), "authentication_method", method))
                .post(WORKATO).then().statusCode(200).extract().jsonPath();
    }

    // C-70, D-2, D-3, D-6
    @Test
    void showsWhatTheOtherDialectMade() {
        JsonPath made = madeByWorkato("token");
        String handle = made.getString("handle");

        ObjectNode server = account.read(made.getString("_id"));

        assertEquals("/" + handle, server.get("relativeURI").asText());
        assertEquals(List.of("Made", false), List.of(server.get("name").asText(), server.get("disabled").asBoolean()));
        assertEquals(0, server.get("tools").size() + server.get("apis").size() + server.get("prompts").size());
        assertEquals(Account.parse("{\"useIntrospection\":false}"), server.get("oauth"));
        assertEquals(made.getString("created_at"), server.get("createdAt").asText());
    }

    // D-2, D-3, D-8, D-10
    @Test
    void givesAHandleAndAFolderToWhatItMakes() {
        JsonPath made = account.make("");
        String segment = made.getString("relativeURI").substring(1);

        JsonPath shown = account.asWorkato(made.getString("_id"));

        assertTrue(shown.getString("handle").matches(segment + "-[a-z0-9]+"), shown.getString("handle"));
        assertEquals(deployment.folder(), shown.getInt("folder_id"));
        assertEquals(deployment.project(), shown.getInt("project_id"));
        assertEquals("token", shown.getString("authentication_method"));
        assertEquals(false, shown.getBoolean("enabled"));
        assertTrue(shown.getString("mcp_url").endsWith("/mcp/" + shown.getString("handle")));
    }

    // D-2: each dialect by its own key, of which the handle and the id never change
    @Test
    void takesOnlyItsOwnKey() {
        String id = account.create("");
        String handle = account.handle(id);

        account.api().get(SERVERS + "/" + handle).then().statusCode(404);
        account.workato().get(WORKATO + "/" + id).then().statusCode(404);
        account.put(id, account.body("'name':'Moved'")).statusCode(200);
        assertEquals(handle, account.handle(id));
        String uri = account.read(id).get("relativeURI").asText();
        account.workato().get(WORKATO + uri).then().statusCode(404);
    }

    // C-38, D-2, D-3: a path of the gateway leads to one server
    @Test
    void letsNoRelativeUriHideAnotherServersHandle() {
        String taken = madeByWorkato("token").getString("handle");

        assertEquals(Set.of("relativeURI mcp_server_duplicate_relative_uri"),
                faults(account.post(account.body("'relativeURI':'/" + taken + "'"))));
    }

    // D-9
    @Test
    void keepsWhatWorkatoCannotSayWhenWorkatoWrites() {
        String id = account.create(RICH);
        ObjectNode before = account.read(id);

        workato(id, Map.of("name", "Renamed", "folder_id", deployment.folder())).statusCode(200).body("name",
                equalTo("Renamed"));

        ObjectNode after = account.read(id);
        assertEquals("Renamed", after.remove("name").asText());
        after.remove("lastModified");
        before.remove(List.of("name", "lastModified"));
        assertEquals(before, after);
        assertEquals("p", account.read(id).at("/prompts/0/name").asText());
    }

    // D-9, W-45
    @Test
    void keepsWhatCeligoCannotSayWhenCeligoWrites() {
        JsonPath made = madeByWorkato("token");
        String id = made.getString("_id");
        Published server = new Published(made.getString("handle"), made.getString("mcp_url").replaceFirst(".*token=", ""));
        deployment.assign(server, account.catalogue().ids().subList(0, 2));
        String path = WORKATO + "/" + server.handle();
        int tool = account.catalogue().ids().get(0);
        account.workato().body(Map.of("description", "In our words")).put(path + "/tools/" + tool).then().statusCode(200);
        Map<String, Object> policy = account.api().body(Map.of("rate_limit", Map.of("requests_per_minute", 600), "ip_denylist",
                List.of("10.9.0.0/16"))).put(path + "/server_policies").then().statusCode(200).extract().path("$");
        tables.write("insert into user_group (workspace_id, name, created_at, updated_at) "
                + "select workspace_id, handle, now(), now() from mcp_server where object_id = ?", id);
        tables.write("insert into server_user_group select s.id, g.id from mcp_server s join user_group g on g.name = s.handle "
                + "where s.object_id = ?", id);

        account.put(id, account.body("'name':'Anew','disabled':false,'relativeURI':'/" + server.handle()
                + "','tools':[{'_toolId':'T2','name':'c'},{'_toolId':'T0','name':'a','disabled':false}]")).statusCode(200);

        JsonPath after = account.asWorkato(id);
        assertEquals(made.getInt("folder_id"), after.getInt("folder_id"));
        account.workato().get(path + "/server_policies").then().body("$", equalTo(policy));
        account.workato().get(path + "/tools").then().body("items", hasSize(2))
                .body("items.find { it.id == '" + tool + "' }.description", equalTo("In our words"))
                .body("items.find { it.id == '" + tool + "' }.tool_name", equalTo("a"));
        assertEquals("1", tables.value("select count(*) from server_user_group g join mcp_server s on s.id = g.server_id "
                + "where s.object_id = ?", id));
        assertEquals("In our words", Deployment.call(server, "tools/list", Map.of()).getString("result.tools[0].description"));
    }

    // D-4, D-5
    @Test
    void showsOneCatalogueUnderBothIds() {
        String id = account.create("'tools':[{'_toolId':'T0','name':'x.y'}]");
        String path = WORKATO + "/" + account.handle(id);

        account.workato().get(path + "/tools").then().statusCode(200).body("items.id", equalTo(
                List.of(account.catalogue().ids().get(0).toString()))).body("items[0].tool_name", equalTo("x.y"))
                .body("items[0].enabled", equalTo(false)).body("items[0].trigger_application", matchesPattern("\\w+"));
        deployment.assign(new Published(account.handle(id), ""), account.catalogue().ids().subList(0, 2));

        assertEquals(account.catalogue().tools().subList(0, 2), account.read(id).get("tools").findValuesAsText("_toolId"));
        assertEquals("[true,false]", Account.JSON.valueToTree(account.read(id).get("tools").findValues("disabled")).toString());
    }

    // C-31, D-18
    @Test
    void takesTheLongestServerThatTheOtherDialectMakes() {
        String id = account.workato().body(Map.of("name", "n".repeat(300), "folder_id", deployment.folder(), "description",
                "d".repeat(1000))).post(WORKATO).then().statusCode(200).extract().path("_id");
        ObjectNode shown = account.read(id);
        shown.put("disabled", true);

        account.put(id, shown).statusCode(200);
    }

    // C-5, C-6, D-11, W-4
    @Test
    void tellsTheSameFaultsInEachDialectsWay() {
        String id = account.create("");

        account.put(id, account.body("'name':''")).statusCode(422).body("errors[0].field", equalTo("name"));
        workato(id, Map.of("name", "", "folder_id", deployment.folder())).statusCode(400)
                .body("code", equalTo("validation_failed")).body("errors", hasKey("name"))
                .body("message", containsString("name"));
    }

    // D-10, D-12, D-17: names twice, in lists of one order
    @Test
    void listsBothDialectsServersInOneOrder() {
        String name = Account.uri().substring(1);
        String one = account.create("'name':'" + name + "'");
        String two = account.workato().body(Map.of("name", name, "folder_id", deployment.folder())).post(WORKATO).then()
                .statusCode(200).extract().path("_id");
        String three = account.create("'name':'" + name + "'");

        account.workato().get(WORKATO + "?search=" + name).then().body("items._id", equalTo(List.of(one, two, three)));
        account.delete(one).statusCode(204);
        account.workato().get(WORKATO + "?search=" + name).then().body("items._id", not(hasItem(one)));
    }
}
