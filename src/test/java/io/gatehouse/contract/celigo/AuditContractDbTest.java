package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.SERVERS;
import static io.gatehouse.contract.celigo.Account.WORKATO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** What the ledger keeps of writes to servers, whichever dialect they came in. */
@QuarkusTest
class AuditContractDbTest {

    private static final String ISSUER = "'issuerURL':'https://issuer.example.com','audience':'a'";
    private static final String ON = "'disabled':false,'tools':[{'_toolId':'T0','name':'a','disabled':false}]";
    private static final String SECRET = "ledger-secret";

    @Inject
    Account account;

    @Inject
    Deployment deployment;

    @Inject
    Tables tables;

    /** What the ledger has of a thing since then. */
    private List<Map<String, String>> since(String id, int before) {
        List<Map<String, String>> entries = tables.audit(id);
        return entries.subList(before, entries.size());
    }

    private static JsonNode change(List<Map<String, String>> entries, String action, String field) {
        Map<String, String> entry = entries.stream().filter(one -> one.get("action").equals("mcp_server." + action)).findFirst()
                .orElseThrow(() -> new AssertionError(action + " is not in " + entries));
        return Account.parse(entry.get("changes")).path(field);
    }

    // P-30, P-31, P-32
    @Test
    void tellsWhoDidWhatThroughWhichDoor() {
        String client = "client:" + OtherAccount.client(deployment.token());
        String request = "audit-" + OtherAccount.objectId();
        String id = account.api().header("User-Agent", "Auditor/1").header("X-Request-Id", request)
                .body(account.body("'name':'Audited'").toString()).post(SERVERS).then().statusCode(201).extract().path("_id");
        account.api().body(Map.of("name", "Renamed", "folder_id", deployment.folder())).put(WORKATO + "/" + account.handle(id))
                .then().statusCode(200);

        List<Map<String, String>> entries = tables.audit(id);

        assertEquals(List.of("mcp_server.created", "mcp_server.renamed"),
                entries.stream().map(entry -> entry.get("action")).toList());
        assertEquals(List.of("celigo", "workato"), entries.stream().map(entry -> entry.get("source")).toList());
        Map<String, String> first = entries.get(0);
        assertEquals(List.of(client, "mcp_server", "Audited", "Auditor/1", "127.0.0.1"), Stream.of("actor", "resource_type",
                "resource_name", "user_agent", "address").map(first::get).toList());
        assertFalse(first.get("request_id").isBlank());
        assertEquals(tables.value("select workspace_id from mcp_server where object_id = ?", id), first.get("workspace_id"));
    }

    // P-30, P-31, P-32
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'name':'Other'|renamed|name|\"Server\"|\"Other\"", "'description':'New'|updated|description|null|\"New\"",
            "'relativeURI':'URI'|updated|relative_uri|OLD|NEW", ON + "|switched|enabled|false|true",
            "'tools':[{'_toolId':'T0','name':'a'}]|tool_added|tool|null|{\"name\":\"a\",\"enabled\":false}",
            "'prompts':[{'name':'p'}]|prompts_changed|prompts|[]|[{\"name\":\"p\"}]",
            "'oauth':{" + ISSUER + ",'clientSecret':'ledger-secret'}|oauth_changed|client_secret|null|\"******\"",
            "'oauth':{" + ISSUER + "}|oauth_changed|oauth|null|ANY" })
    void notesEachKindOfChangeWithBeforeAndAfter(String particulars, String action, String field, String before, String after) {
        ObjectNode shown = account.read(account.create(""));
        String id = shown.get("_id").asText();
        String uri = Account.uri();
        int entries = tables.audit(id).size();
        ObjectNode body = account.body(particulars.replace("URI'", uri + "'"));
        body.put("relativeURI", particulars.contains("relativeURI") ? uri : shown.get("relativeURI").asText());

        account.put(id, body).statusCode(200);

        JsonNode change = change(since(id, entries), action, field);
        assertShows(before.replace("OLD", shown.get("relativeURI").toString()), change.get("before"));
        assertShows(after.replace("NEW", '"' + uri + '"'), change.get("after"));
        assertTrue(since(id, entries).stream().allMatch(entry -> entry.get("source").equals("celigo")));
    }

    /** The value, or at least the fields of it. */
    private static void assertShows(String expected, JsonNode shown) {
        if (expected.equals("ANY")) {
            assertFalse(shown.isNull());
        } else if (expected.equals("null")) {
            assertTrue(shown.isNull(), shown.toString());
        } else {
            JsonNode wanted = Account.parse("{\"it\":" + expected + "}").get("it");
            boolean fits = wanted.isObject() ? wanted.properties().stream()
                    .allMatch(field -> field.getValue().equals(shown.get(field.getKey())))
                    : wanted.isArray() && !wanted.isEmpty() ? wanted.get(0).properties().stream()
                            .allMatch(field -> field.getValue().equals(shown.get(0).get(field.getKey())))
                            : wanted.equals(shown);
            assertTrue(fits, shown.toString());
        }
    }

    // P-31, P-32
    @Test
    void notesWhatBecomesOfToolsInBothDialects() {
        String id = account.create(ON);
        String path = WORKATO + "/" + account.handle(id) + "/tools/" + account.catalogue().ids().get(0);
        int entries = tables.audit(id).size();

        account.put(id, account.body("'tools':[{'_toolId':'T0','name':'a'}]")).statusCode(200);
        assertEquals(true, change(since(id, entries), "tool_stopped", "tool").at("/before/enabled").asBoolean());
        account.api().put(path + "/start").then().statusCode(200);
        assertEquals(true, change(since(id, entries), "tool_started", "tool").at("/after/enabled").asBoolean());
        account.api().body(Map.of("description", "Ours")).put(path).then().statusCode(200);
        assertEquals("Ours", change(since(id, entries), "tool_changed", "tool").at("/after/description").asText());
        account.api().delete(path).then().statusCode(200);
        assertEquals("a", change(since(id, entries), "tool_removed", "tool").at("/before/name").asText());
        deployment.assign(new Published(account.handle(id), ""), account.catalogue().ids().subList(1, 2));
        assertEquals(false, change(since(id, entries), "tool_added", "tool").at("/after/name").asText().isEmpty());
        account.put(id, account.body("")).statusCode(200);
        assertEquals("celigo",
                since(id, entries).stream().filter(entry -> entry.get("action").equals("mcp_server.tool_removed"))
                        .toList().get(1).get("source"));
    }

    // P-31, P-32
    @Test
    void notesTokensAccessPoliciesAndTheEnd() {
        String id = account.create("");
        String path = WORKATO + "/" + account.handle(id);
        int entries = tables.audit(id).size();

        account.open(id);
        change(since(id, entries), "token_renewed", "");
        account.api().body(Map.of("name", "Server", "folder_id", deployment.folder(), "authentication_method", "workato_idp"))
                .put(path).then().statusCode(200);
        assertEquals("IDENTITY", change(since(id, entries), "access_changed", "authentication_method").get("after").asText());
        account.api().body(Map.of("quota_limit", Map.of("requests_per_month", 7), "ip_allowlist", List.of("10.0.0.1")))
                .put(path + "/server_policies").then().statusCode(200);
        assertTrue(since(id, entries).toString().contains("10.0.0.1"));
        account.patch(id, "[{'op':'replace','path':'/name','value':'Last'}]").statusCode(204);
        assertEquals("Last", change(since(id, entries), "renamed", "name").get("after").asText());
        account.delete(id).statusCode(204);
        assertEquals("Last", change(since(id, entries), "discarded", "name").get("before").asText());
        account.api().post("/v1/recycleBin/" + id + "/restore").then().statusCode(200);
        change(since(id, entries), "restored", "");
        account.api().delete(path).then().statusCode(200);
        assertEquals("workato", since(id, entries).stream().filter(entry -> entry.get("action").equals("mcp_server.deleted"))
                .findFirst().orElseThrow().get("source"));
    }

    // C-62, P-28, P-32
    @Test
    void masksSecretsAndTellsThatTheyChanged() {
        String oauth = "'oauth':{" + ISSUER + ",'clientId':'c','clientSecret':'%s'}";
        String id = account.create(oauth.formatted(SECRET));
        String token = account.open(id).token();
        int entries = tables.audit(id).size();

        account.put(id, account.body(oauth.formatted(SECRET + 2))).statusCode(200);
        JsonNode change = change(since(id, entries), "oauth_changed", "client_secret");
        assertEquals(List.of("******", "******"), List.of(change.get("before").asText(), change.get("after").asText()));
        entries = tables.audit(id).size();
        account.put(id, account.body(oauth.formatted("******") + ",'name':'Kept'")).statusCode(200);
        assertTrue(since(id, entries).stream().noneMatch(entry -> entry.get("changes").contains("client_secret")));

        String everything = tables.rows("select * from audit_entry").toString();
        assertFalse(everything.contains(SECRET) || everything.contains(token));
        assertFalse(tables.rows("select * from mcp_server where object_id = ?", id).toString().contains(SECRET));
    }

    // P-30: neither the change nor its entry is there without the other
    @Test
    void keepsNothingOfRequestsThatFail() {
        String id = account.create(ON);
        String taken = account.make("").getString("relativeURI");
        long before = tables.countAudit();

        account.post(account.body("'relativeURI':'" + taken + "'")).statusCode(422);
        account.post(account.body("'tools':[{'_toolId':'REFUSED','name':'a'}]")).statusCode(422);
        account.post("{").statusCode(400);
        account.put(id, account.body("'relativeURI':'" + taken + "','name':'New'")).statusCode(422);
        account.put(OtherAccount.objectId(), account.body("")).statusCode(404);
        account.patch(id, "[{'op':'replace','path':'/name','value':'x'},{'op':'add','path':'/name','value':'x'}]")
                .statusCode(422);
        account.delete(OtherAccount.objectId()).statusCode(404);
        account.api().header("If-Match", "\"999\"").delete(SERVERS + "/" + id).then().statusCode(412);
        account.api().auth().oauth2("nonsense").delete(SERVERS + "/" + id).then().statusCode(401);
        account.api().body(Map.of("name", "x", "folder_id", 999_999)).put(WORKATO + "/" + account.handle(id)).then()
                .statusCode(400);

        assertEquals(before, tables.countAudit());
    }

    // P-30: nothing changed, nothing to tell
    @Test
    void notesNoChangeWhereThereIsNone() {
        String id = account.create(ON + ",'prompts':[{'name':'p'}],'oauth':{" + ISSUER + ",'clientSecret':'s'}");
        long before = tables.countAudit();

        account.put(id, account.read(id)).statusCode(200);
        account.patch(id, "[{'op':'replace','path':'/name','value':'Server'}]").statusCode(204);

        assertEquals(before, tables.countAudit());
    }

    // P-30
    @Test
    void tellsOfThePromptsThatAServerBeginsWith() {
        String id = account.create("'prompts':[{'name':'p-begun'}]");

        assertEquals("p-begun", change(tables.audit(id), "prompts_changed", "prompts").at("/after/0/name").asText());
    }
}
