package io.gatehouse.contract.celigo;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** What agents get of a server that this dialect has made or changed. */
@QuarkusTest
class GatewayContractDbTest {

    private static final String MODERN = "2026-07-28";
    private static final String ON = "'disabled':false,'tools':[{'_toolId':'T0','name':'a','disabled':false},{'_toolId':'T1','name':'b'}]";

    @Inject
    Account account;

    @Inject
    Deployment deployment;

    @Inject
    Tables tables;

    private Published byUri(Published server, String uri) {
        return new Published(uri.substring(1), server.token());
    }

    private static List<String> tools(Published server) {
        return Deployment.call(server, "tools/list", Map.of()).getList("result.tools.name");
    }

    /** How a path answers. */
    private static int status(Published server) {
        return given().auth().oauth2(server.token()).contentType("application/json")
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").post(server.path()).statusCode();
    }

    // C-45, C-51, D-3
    @Test
    void servesAServerByItsRelativeUriAndByItsHandle() {
        try (BackEnd backEnd = new BackEnd()) {
            JsonPath collection = deployment.importDocument("""
                    openapi: 3.0.0
                    info: {title: One, version: '1'}
                    paths: {'/orders': {get: {operationId: orders}}}
                    """);
            deployment.connect(collection.getInt("id"), backEnd.url(), Map.of());
            String tool = tables.value("select object_id from api_endpoint where collection_id = " + collection.getInt("id"));
            JsonPath made = account
                    .make("'disabled':false,'tools':[{'_toolId':'" + tool + "','name':'my.orders','disabled':false}]");
            Published server = account.open(made.getString("_id"));

            for (Published path : List.of(server, byUri(server, made.getString("relativeURI")))) {
                assertEquals(List.of("my.orders"), tools(path));
                JsonPath answer = Deployment.call(path, "tools/call", Map.of("name", "my.orders", "arguments", Map.of()));
                assertFalse(answer.getBoolean("result.isError"), answer.prettify());
                assertEquals("/orders", backEnd.take().uri());
            }
        }
    }

    // D-2, D-3
    @Test
    void movesOneOfTwoPathsWithTheRelativeUri() {
        JsonPath made = account.make(ON);
        String id = made.getString("_id");
        Published server = account.open(id);
        Published former = byUri(server, made.getString("relativeURI"));
        String uri = Account.uri();
        assertEquals(List.of(200, 200, 404), List.of(status(server), status(former), status(byUri(server, uri))));

        account.put(id, account.body(ON + ",'relativeURI':'" + uri + "'")).statusCode(200);

        assertEquals(List.of(200, 404, 200), List.of(status(server), status(former), status(byUri(server, uri))));
    }

    // C-34, C-45, C-74, C-76
    @Test
    void servesNoServerThatIsOff() {
        JsonPath made = account.make(ON);
        String id = made.getString("_id");
        Published server = account.open(id);
        Published byUri = byUri(server, made.getString("relativeURI"));
        assertEquals(List.of(200, 200), List.of(status(server), status(byUri)));

        account.patch(id, "[{'op':'replace','path':'/disabled','value':true}]").statusCode(204);
        assertEquals(List.of(404, 404), List.of(status(server), status(byUri)));

        account.patch(id, "[{'op':'replace','path':'/disabled','value':false}]").statusCode(204);
        assertEquals(List.of(200, 200), List.of(status(server), status(byUri)));

        account.put(id, account.body("'relativeURI':'" + made.getString("relativeURI") + "'")).statusCode(200);
        assertEquals(List.of(404, 404), List.of(status(server), status(byUri)));
    }

    // C-73
    @Test
    void stopsWhenItIsDeletedAndComesBackWhenItIsRestored() {
        JsonPath made = account.make(ON);
        String id = made.getString("_id");
        Published server = account.open(id);
        Published byUri = byUri(server, made.getString("relativeURI"));
        assertEquals(List.of(200, 200), List.of(status(server), status(byUri)));

        account.delete(id).statusCode(204);
        assertEquals(List.of(404, 404), List.of(status(server), status(byUri)));

        account.api().post("/v1/recycleBin/" + id + "/restore").then().statusCode(200);
        assertEquals(List.of(200, 200), List.of(status(server), status(byUri)));
    }

    // C-45, C-71
    @Test
    void showsOnlyEnabledToolsFromWhenTheyAreWritten() {
        String id = account.create(ON);
        Published server = account.open(id);
        assertEquals(List.of("a"), tools(server));
        JsonPath refused = Deployment.call(server, "tools/call", Map.of("name", "b", "arguments", Map.of()));
        assertEquals(-32602, refused.getInt("error.code"));

        account.put(id,
                account.body(
                        "'disabled':false,'tools':[{'_toolId':'T0','name':'a'},{'_toolId':'T1','name':'c','disabled':false},"
                                + "{'_toolId':'T2','name':'b','disabled':false}]"))
                .statusCode(200);

        assertEquals(List.of("b", "c"), tools(server));
    }

    // C-46
    @Test
    void passesAnnotationsOnToAgents() {
        String id = account.create("""
                'disabled':false,'tools':[{'_toolId':'T0','name':'a','disabled':false,'annotations':{'title':'Careful',
                'destructiveHint':true,'idempotentHint':false,'openWorldHint':true,'readOnlyHint':false}},
                {'_toolId':'T1','name':'b','disabled':false,'annotations':{'openWorldHint':false}},
                {'_toolId':'T2','name':'c','disabled':false}]""");

        JsonPath list = Deployment.call(account.open(id), "tools/list", Map.of());

        assertEquals(Map.of("title", "Careful", "destructiveHint", true, "idempotentHint", false, "openWorldHint", true,
                "readOnlyHint", false), list.getMap("result.tools[0].annotations"));
        assertEquals(false, list.getBoolean("result.tools[1].annotations.openWorldHint"));
        assertFalse(list.getMap("result.tools[2].annotations").containsKey("title"));
    }

    private static ValidatableResponse ask(String era, Published server, String method, Map<String, ?> params) {
        Map<String, Object> all = new LinkedHashMap<>(params);
        Map<String, String> headers = new LinkedHashMap<>();
        if (era.equals(MODERN)) {
            all.put("_meta", Map.of("io.modelcontextprotocol/protocolVersion", MODERN,
                    "io.modelcontextprotocol/clientCapabilities", Map.of()));
            headers.putAll(Map.of("MCP-Protocol-Version", MODERN, "Mcp-Method", method));
            if (params.get("name") instanceof String name) {
                headers.put("Mcp-Name", name);
            }
        }
        return given().auth().oauth2(server.token()).headers(headers).contentType("application/json")
                .body(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", all)).post(server.path()).then()
                .statusCode(200);
    }

    // C-45, C-61
    @ParameterizedTest
    @ValueSource(strings = { "2025-11-25", MODERN })
    void servesPromptsFromWhenTheyAreWritten(String era) {
        String id = account.create(ON);
        Published server = account.open(id);
        ask(era, server, "prompts/list", Map.of()).body("result.prompts", equalTo(List.of()));
        ObjectNode body = account
                .body(ON + """
                        ,'prompts':[{'name':'greet','title':'Greet','description':'Greets','arguments':[{'name':'who','description':'Whom'},
                        {'name':'how','required':false}],'messagesTemplate':[{'role':'user','template':'Greet {{who}}{{how}}'},
                        {'role':'assistant','template':'{{who}}'}]}]""");

        account.put(id, body).statusCode(200);

        ask(era, server, "prompts/list", Map.of()).body("result.prompts",
                equalTo(List.of(Map.of("name", "greet", "title", "Greet",
                        "description", "Greets", "arguments",
                        List.of(Map.of("name", "who", "description", "Whom", "required", true),
                                Map.of("name", "how", "required", false))))));
        ask(era, server, "prompts/get", Map.of("name", "greet", "arguments", Map.of("who", "{{how}} & <b>", "how", "!")))
                .body("result.messages.role", equalTo(List.of("user", "assistant")))
                .body("result.messages.content.text", equalTo(List.of("Greet {{how}} & <b>!", "{{how}} & <b>")));
        ask(era, server, "prompts/get", Map.of("name", "greet", "arguments", Map.of("how", "x"))).body("error.code",
                equalTo(-32602));
        account.put(id, account.body(ON)).statusCode(200);
        ask(era, server, "prompts/get", Map.of("name", "greet", "arguments", Map.of("who", "x"))).body("error.code",
                equalTo(-32602));
    }

    // C-32, D-2: the handle does not grow with it
    @Test
    void staysReachableByItsHandleWhereALongRelativeUriIsNot() {
        String uri = "/" + Account.uri().substring(1) + "x".repeat(2_000);
        String id = account.create(ON + ",'relativeURI':'" + uri + "'");
        Published server = account.open(id);

        assertEquals(List.of("a"), tools(server));
        assertTrue(server.handle().length() < 100, server.handle());
    }
}
