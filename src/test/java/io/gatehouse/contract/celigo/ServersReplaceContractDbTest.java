package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.SERVERS;
import static io.gatehouse.contract.celigo.Account.faults;
import static io.gatehouse.contract.celigo.Account.set;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** {@code PUT /v1/mcpservers/{_id}}, and what the document and the dependencies say. */
@QuarkusTest
class ServersReplaceContractDbTest {

    private static final String EVERYTHING = """
            'name':'All','description':'D','disabled':false,'tools':[{'_toolId':'T0','name':'a','disabled':false,
            'annotations':{'title':'A','readOnlyHint':true},'overrides':{'connections':[{'_abstractId':'c'}]}},
            {'_toolId':'T1','name':'b'}],'prompts':[{'name':'p','title':'P','arguments':[{'name':'x','required':false}],
            'messagesTemplate':[{'role':'user','template':'{{x}}'}]}],'oauth':{'issuerURL':'https://issuer.example.com',
            'audience':'a','useIntrospection':true,'scopes':['mcp:read'],'clientId':'c','clientSecret':'s'}""";

    @Inject
    Account account;

    // C-14, C-62, C-69, C-70, C-71, C-81
    @ParameterizedTest
    @ValueSource(strings = { "", EVERYTHING })
    void takesBackWhatItShows(String particulars) {
        ObjectNode shown = account.read(account.create(particulars));
        String id = shown.get("_id").asText();

        account.put(id, shown).statusCode(200);

        ObjectNode after = account.read(id);
        Instant before = Instant.parse(shown.remove("lastModified").asText());
        assertTrue(Instant.parse(after.remove("lastModified").asText()).isAfter(before));
        assertEquals(shown, after);
    }

    // C-71
    @Test
    void removesWhatIsLeftOut() {
        String id = account.create(EVERYTHING);
        String uri = Account.uri();

        account.put(id, "{\"name\":\"Bare\",\"relativeURI\":\"" + uri + "\"}").statusCode(200);

        ObjectNode bare = account.read(id);
        bare.remove(List.of("_id", "_userId", "createdAt", "lastModified"));
        assertEquals(Account.parse("{\"name\":\"Bare\",\"relativeURI\":\"" + uri + "\",\"disabled\":true,\"tools\":[],"
                + "\"apis\":[],\"prompts\":[],\"oauth\":{\"useIntrospection\":false}}"), bare);
    }

    // C-71: tools in the order of the request, under names that change places
    @Test
    void replacesAllTools() {
        String id = account
                .create("'tools':[{'_toolId':'T0','name':'a'},{'_toolId':'T1','name':'b'},{'_toolId':'T2','name':'c'}]");

        account.put(id,
                account.body("'tools':[{'_toolId':'T3','name':'c'},{'_toolId':'T1','name':'a'},{'_toolId':'T0','name':'b'}]"))
                .statusCode(200).body("tools.name", equalTo(List.of("c", "a", "b")));

        List<String> tools = account.catalogue().tools();
        assertEquals(List.of(tools.get(3), tools.get(1), tools.get(0)),
                account.read(id).get("tools").findValuesAsText("_toolId"));
    }

    // C-72
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "'name':null|name missing_required_field",
            "'relativeURI':'x'|relativeURI regexp",
            "'disabled':false|disabled mcp_server_no_enabled_tools",
            "'tools':[{'_toolId':'T0'}]|tools.0.name missing_required_field",
            "'tools':[{'_toolId':'T0','name':'a'},{'_toolId':'T1','name':'a'}]|tools.1.name mcp_server_duplicate_tool_name",
            "'tools':[{'_toolId':'REFUSED','name':'a'}]|tools.0._toolId mcp_server_invalid_tool_input_schema",
            "'prompts':[{'name':'p'},{'name':'p'}]|prompts.1.name mcp_server_duplicate_prompt_name",
            "'oauth':{'audience':'a'}|oauth.issuerURL missing_required_field",
            "'apis':[{'name':'a'}]|apis.0._apiId missing_required_field" })
    void checksAllThatANewServerIsCheckedFor(String particulars, String faults) {
        String id = account.create(EVERYTHING);
        ObjectNode before = account.read(id);

        assertEquals(set(faults), faults(account.put(id, account.body(particulars))));

        assertEquals(before, account.read(id));
    }

    // C-38, C-72
    @Test
    void keepsItsOwnRelativeUriAndTakesNobodyElses() {
        JsonPath one = account.make("");
        String other = account.make("").getString("relativeURI");
        String id = one.getString("_id");

        account.put(id, account.body("'relativeURI':'" + one.getString("relativeURI") + "'")).statusCode(200);
        assertEquals(Set.of("relativeURI mcp_server_duplicate_relative_uri"),
                faults(account.put(id, account.body("'relativeURI':'" + other + "'"))));
        account.put(id, account.body("")).statusCode(200);
        account.make("'relativeURI':'" + one.getString("relativeURI") + "'");
    }

    // C-33, C-72
    @Test
    void takesAUrlAsACreateDoes() {
        String uri = Account.uri();

        account.put(account.create(""), account.body("'url':'https://mcp.example.com" + uri + "'")).statusCode(200)
                .body("relativeURI", equalTo(uri));
    }

    // C-81
    @Test
    void showsWhenItWasWrittenLast() {
        JsonPath made = account.make("'tools':[{'_toolId':'T0','name':'a','disabled':false}]");
        String id = made.getString("_id");
        String last = made.getString("lastModified");

        List<Runnable> writes = List.of(() -> account.put(id, account.read(id)).statusCode(200),
                () -> account.patch(id, "[{'op':'replace','path':'/name','value':'Server'}]").statusCode(204),
                () -> account.patch(id, "[{'op':'replace','path':'/disabled','value':false}]").statusCode(204),
                () -> account.put(id, account.body("")).statusCode(200));
        for (Runnable write : writes) {
            write.run();
            ObjectNode after = account.read(id);
            assertTrue(Instant.parse(after.get("lastModified").asText()).isAfter(Instant.parse(last)), last);
            assertEquals(made.getString("createdAt"), after.get("createdAt").asText());
            last = after.get("lastModified").asText();
        }
        account.put(id, account.body("'name':''")).statusCode(422);
        assertEquals(last, account.read(id).get("lastModified").asText());
    }

    // C-77
    @Test
    void knowsNoDependenciesWhereThereAreNone() {
        for (String id : List.of(account.create(""), "000000000000000000000000", OtherAccount.objectId())) {
            account.api().get(SERVERS + "/" + id + "/dependencies").then().statusCode(200).body("$", equalTo(Map.of()));
        }
        account.api().get(SERVERS + "/nope/dependencies").then().statusCode(404);
    }

    // C-77, C-78, C-79
    @Test
    void knowsTheTokensThatOpenAServer() {
        String id = account.create("");
        account.open(id);

        Map<String, List<Map<String, Object>>> dependencies = account.api().get(SERVERS + "/" + id + "/dependencies")
                .then().statusCode(200).extract().path("$");

        assertEquals(Set.of("accesstokens"), dependencies.keySet());
        Map<String, Object> token = dependencies.get("accesstokens").get(0);
        assertEquals(Set.of("id", "name", "paths", "accessLevel", "dependencyIds"), token.keySet());
        assertEquals(Map.of("mcpservers", List.of(id)), token.get("dependencyIds"));
        assertTrue(token.get("paths") instanceof List<?> paths && !paths.isEmpty());
    }

    // C-82
    @Test
    void publishesItsOperationsUnderTheirNames() {
        JsonPath document = account.api().accept("application/json").get("/openapi/celigo?format=json").then()
                .statusCode(200).extract().jsonPath();

        assertEquals("listMcpServers", document.getString("paths.'/v1/mcpservers'.get.operationId"));
        assertEquals("createMcpServer", document.getString("paths.'/v1/mcpservers'.post.operationId"));
        String one = "paths.'/v1/mcpservers/{_id}'.";
        assertEquals("getMcpServerById", document.getString(one + "get.operationId"));
        assertEquals("updateMcpServer", document.getString(one + "put.operationId"));
        assertEquals("deleteMcpServer", document.getString(one + "delete.operationId"));
        assertEquals("patchMcpServer", document.getString(one + "patch.operationId"));
        assertEquals("listMcpServerDependencies",
                document.getString("paths.'/v1/mcpservers/{_id}/dependencies'.get.operationId"));
    }
}
