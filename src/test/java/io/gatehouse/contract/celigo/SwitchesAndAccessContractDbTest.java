package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.WORKATO;
import static io.gatehouse.contract.celigo.Account.faults;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
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

/** Whether a server is on, and who opens it: what two dialects say of it in different words. */
@QuarkusTest
class SwitchesAndAccessContractDbTest {

    private static final String OAUTH = "'oauth':{'issuerURL':'https://issuer.example.com','audience':'a','clientSecret':'s'}";

    @Inject
    Account account;

    @Inject
    Deployment deployment;

    @Inject
    Tables tables;

    private ValidatableResponse workato(String id, Map<String, ?> body) {
        return account.workato().body(body).put(WORKATO + "/" + account.handle(id)).then();
    }

    // C-34, D-6
    @Test
    void checksTheToolsOfAnEnabledServerOnlyInThisDialect() {
        String id = account.id(deployment.createServer());
        ObjectNode shown = account.read(id);

        assertEquals(Set.of("disabled mcp_server_no_enabled_tools"), faults(account.put(id, shown)));
        workato(id, Map.of("name", "Still on", "folder_id", deployment.folder())).statusCode(200).body("enabled",
                equalTo(true));
        account.patch(id, "[{'op':'replace','path':'/name','value':'On'}]").statusCode(204);
        assertEquals(false, account.read(id).get("disabled").asBoolean());
    }

    // D-6, G-7
    @Test
    void turnsAServerOffWithItsLastTool() {
        int first = account.catalogue().ids().get(0);
        int second = account.catalogue().ids().get(1);
        String tools = "'disabled':false,'tools':[{'_toolId':'T0','name':'a','disabled':false},{'_toolId':'T1','name':'b','disabled':false}]";
        String id = account.create(tools);
        String path = WORKATO + "/" + account.handle(id) + "/tools/";

        account.workato().delete(path + first).then().statusCode(200);
        assertEquals(false, account.read(id).get("disabled").asBoolean());
        account.workato().put(path + second + "/stop").then().statusCode(200);
        assertEquals(true, account.read(id).get("disabled").asBoolean());
        assertTrue(tables.audit(id).stream().anyMatch(entry -> entry.get("action").equals("mcp_server.switched")
                && entry.get("source").equals("workato")));

        account.workato().put(path + second + "/start").then().statusCode(200);
        account.patch(id, "[{'op':'replace','path':'/disabled','value':false}]").statusCode(204);
        account.workato().delete(path + second).then().statusCode(200);
        assertEquals(true, account.read(id).get("disabled").asBoolean());
    }

    // D-6
    @Test
    void leavesAServerOnThatNeverNeededTools() {
        Published server = deployment.createServer();
        deployment.assign(server, account.catalogue().ids().subList(0, 1));

        account.workato().delete(WORKATO + "/" + server.handle() + "/tools/" + account.catalogue().ids().get(0)).then()
                .statusCode(200);

        account.workato().get(WORKATO + "/" + server.handle()).then().body("enabled", equalTo(true)).body("tools_count",
                equalTo(0));
        assertEquals(List.of(), Deployment.call(server, "tools/list", Map.of()).getList("result.tools"));
    }

    // D-7, W-24
    @Test
    void showsTheTrustInAnIssuerAsSso() {
        JsonPath made = account.make("'name':'Trusting " + Account.uri().substring(1) + "'," + OAUTH);
        String id = made.getString("_id");
        String search = WORKATO + "?search=" + made.getString("name") + "&authentication_method=";

        assertEquals("sso", account.asWorkato(id).getString("authentication_method"));
        account.workato().get(search + "sso").then().body("items._id", equalTo(List.of(id)));
        account.workato().get(search + "token").then().body("items", hasSize(0));
        account.put(id, account.body("'name':'" + made.getString("name") + "'")).statusCode(200);
        assertEquals("token", account.asWorkato(id).getString("authentication_method"));
        account.workato().get(search + "token").then().body("items._id", hasItem(id));
    }

    // D-7, W-23: tokens and an issuer at once, until Workato says otherwise
    @Test
    void revokesTokensOnlyWhenWorkatoSwitches() {
        String id = account.create("'disabled':false,'tools':[{'_toolId':'T0','name':'a','disabled':false}]," + OAUTH);
        Published server = account.open(id);
        Map<String, Object> body = Map.of("name", "Server", "folder_id", deployment.folder(), "authentication_method", "sso");

        workato(id, body).statusCode(200).body("authentication_method", equalTo("sso"));
        assertEquals(List.of("a"), Deployment.call(server, "tools/list", Map.of()).getList("result.tools.name"));

        workato(id, Map.of("name", "Server", "folder_id", deployment.folder(), "authentication_method", "workato_idp"))
                .statusCode(200).body("authentication_method", equalTo("workato_idp"));
        account.api().auth().oauth2(server.token()).body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
                .post(server.path())
                .then().statusCode(401);
        assertEquals("https://issuer.example.com", account.read(id).at("/oauth/issuerURL").asText());
    }
}
