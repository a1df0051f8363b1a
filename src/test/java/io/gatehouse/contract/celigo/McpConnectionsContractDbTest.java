package io.gatehouse.contract.celigo;

import static io.gatehouse.testing.FakeUpstream.tool;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.Ledger;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;

/** {@code /v1/connections} of type mcp: third-party MCP servers, and the servers that stand for them. */
@QuarkusTest
class McpConnectionsContractDbTest {

    private static final String CONNECTIONS = "/v1/connections";
    private static final String SERVERS = "/v1/mcpservers";
    private static final String UNKNOWN = "/000000000000000000000000";

    private final FakeUpstream upstream = new FakeUpstream(Era.DUAL).tools(tool("find", "Finds."), tool("pay", "Pays."));

    @Inject
    Deployment deployment;
    @Inject
    Ledger ledger;
    @Inject
    OtherAccount others;

    @AfterEach
    void stop() {
        upstream.close();
    }

    private Map<String, Object> body(Object... more) {
        Map<String, Object> mcp = new HashMap<>(Map.of("serverURL", upstream.url()));
        for (int i = 0; i < more.length; i += 2) {
            mcp.put((String) more[i], more[i + 1]);
        }
        return Map.of("name", "Wiki", "type", "mcp", "mcp", mcp);
    }

    private static Map<String, Object> http(Map<String, ?> auth) {
        return Map.of("auth", auth);
    }

    private static Map<String, Object> token(String secret) {
        return http(Map.of("type", "token", "token", Map.of("token", secret)));
    }

    private ValidatableResponse post(Map<String, ?> body) {
        return deployment.api().body(body).post(CONNECTIONS).then();
    }

    private String create(Object... more) {
        return CONNECTIONS + "/" + post(body(more)).statusCode(201).extract().path("_id");
    }

    private ValidatableResponse put(String connection, Map<String, ?> body) {
        return deployment.api().body(body).put(connection).then();
    }

    private ValidatableResponse get(String path) {
        return deployment.api().get(path).then();
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Map<String, Object> server(String connection, Object... more) {
        Map<String, Object> server = new HashMap<>(Map.of("name", "Wiki desk", "relativeURI", Account.uri(),
                "_connectionId", id(connection), "disabled", false));
        for (int i = 0; i < more.length; i += 2) {
            server.put((String) more[i], more[i + 1]);
        }
        return server;
    }

    private JsonPath serve(String connection) {
        return deployment.api().body(server(connection)).post(SERVERS).then().statusCode(201).extract().jsonPath();
    }

    private Published published(JsonPath server) {
        JsonPath token = deployment.api().body(Map.of("name", "Agent", "_mcpServerIds", List.of(server.getString("_id"))))
                .post("/v1/accesstokens").then().statusCode(201).extract().jsonPath();
        return new Published(server.getString("relativeURI").substring(1), token.getString("token"));
    }

    // G-16
    @Test
    void connectsToAThirdPartyServer() {
        JsonPath made = post(body()).statusCode(201).header("Location", matchesPattern(".*/v1/connections/[0-9a-f]{24}"))
                .body("_id", matchesPattern("[0-9a-f]{24}")).body("name", equalTo("Wiki")).body("type", equalTo("mcp"))
                .body("offline", equalTo(false)).body("mcp.protocol", equalTo("http"))
                .body("mcp.serverURL", equalTo(upstream.url())).body("mcp.timeout", equalTo(600_000))
                .body("mcp.allowedTools", equalTo(List.of())).body("mcp.http.auth", equalTo(Map.of("type", "none")))
                .body("mcp.changePolicy", equalTo("withhold")).body("mcp.state", equalTo("healthy"))
                .body("mcp.pendingChanges", equalTo(0)).body("$", hasKey("createdAt")).extract().jsonPath();

        assertEquals(made.getMap(""), get(CONNECTIONS + "/" + made.get("_id")).statusCode(200).extract().jsonPath().getMap(""));
        get(CONNECTIONS).statusCode(200).body("_id", hasItem((String) made.get("_id")));
        get(CONNECTIONS + "?limit=1").header("Link", endsWith("rel=\"next\""));
        assertEquals(List.of("upstream.registered"), ledger.actions("upstream", made.get("_id")));
    }

    // G-16
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"token\":\"s3cret\"}|Authorization|Bearer s3cret|{\"location\":\"header\",\"headerName\":\"Authorization\",\"scheme\":\"Bearer\"}",
            "{\"token\":\"s3cret\",\"scheme\":\"\"}|Authorization|s3cret|{\"location\":\"header\",\"headerName\":\"Authorization\",\"scheme\":\"\"}",
            "{\"token\":\"s3cret\",\"headerName\":\"X-Key\"}|X-Key|s3cret|{\"location\":\"header\",\"headerName\":\"X-Key\",\"scheme\":\"\"}" })
    void showsATokenAsItIsToldTo(String token, String header, String value, String shown) {
        upstream.wants(header, value);

        String answer = post(body("http", http(Map.of("type", "token", "token", JsonPath.from(token).getMap("")))))
                .statusCode(201).extract().asString();

        Map<String, Object> expected = new HashMap<>(JsonPath.from(shown).getMap(""));
        expected.put("token", "******");
        assertEquals(expected, JsonPath.from(answer).getMap("mcp.http.auth.token"));
        assertFalse(answer.contains("s3cret"));
    }

    @Test
    void putsATokenIntoTheUrlOrIntoAHeaderOfItsOwn() {
        post(body("http", http(Map.of("type", "token", "token",
                Map.of("token", "s3cret", "location", "url", "paramName", "key"))))).statusCode(201)
                .body("mcp.http.auth.token", equalTo(Map.of("token", "******", "location", "url", "paramName", "key")));
        assertEquals("/mcp?key=s3cret", upstream.take().uri());

        upstream.forget();
        post(body("http", Map.of("auth", Map.of("type", "custom"), "headers",
                List.of(Map.of("name", "X-Own", "value", "s3cret"))))).statusCode(201)
                .body("mcp.http.auth.type", equalTo("token")).body("mcp.http.auth.token.headerName", equalTo("X-Own"));
        assertEquals("s3cret", upstream.take().headers().get("X-Own"));
    }

    // G-16
    @Test
    void getsAccessTokensAndAFreshOneWhenOneIsRefused() {
        AtomicInteger issued = new AtomicInteger();
        try (BackEnd login = new BackEnd()) {
            login.answers(response -> BackEnd.json("{\"access_token\":\"t" + issued.incrementAndGet()
                    + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}").accept(response));
            Map<String, Object> oauth = Map.of("grantType", "clientcredentials", "tokenURI", login.url() + "/token",
                    "clientId", "gatehouse", "clientSecret", "s3cret", "scope", List.of("a", "b"),
                    "clientCredentialsLocation", "body", "resource", "https://wiki.test/mcp");
            upstream.wants("Authorization", "Bearer t1");
            String connection = CONNECTIONS + "/" + post(body("http", http(Map.of("type", "oauth", "oauth", oauth))))
                    .statusCode(201).body("mcp.http.auth.oauth.clientSecret", equalTo("******"))
                    .body("mcp.http.auth.oauth.scope", contains("a", "b"))
                    .body("mcp.http.auth.oauth.clientCredentialsLocation", equalTo("body")).extract().path("_id");
            assertEquals(1, issued.get());

            upstream.wants("Authorization", "Bearer t2");
            deployment.api().post(connection + "/ping").then().statusCode(200).body("code", equalTo(200));
            assertEquals(2, issued.get());

            upstream.wants("Authorization", "Bearer other");
            deployment.api().post(connection + "/ping").then().statusCode(200)
                    .body("errors.code", contains("refused")).body("errors.source", contains("connector"));
            get(connection).body("offline", equalTo(true)).body("mcp.state", equalTo("refused"));
        }
    }

    // C-6, C-7, G-16
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}|name,type,mcp", "{'name':7,'type':'http','mcp':[]}|name,type,mcp",
            "{'name':'c','type':'mcp','mcp':{}}|mcp.serverURL",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'ftp://x.test','timeout':5,'allowedTools':['',7]}}"
                    + "|mcp.serverURL,mcp.timeout,mcp.allowedTools.0,mcp.allowedTools.1",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','timeout':600001,'changePolicy':'x'}}|mcp.timeout,mcp.changePolicy",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{}}}}|mcp.http.auth.type",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'basic'}}}}|mcp.http.auth.type",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'token'}}}}|mcp.http.auth.token",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'token','token':{'token':'******'}}}}}|mcp.http.auth.token.token",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'token','token':{'token':'t','location':'body'}}}}}|mcp.http.auth.token.location",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'token','token':{'token':'t','location':'url'}}}}}|mcp.http.auth.token.paramName",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'token','token':{'token':'t','scheme':'Token'}}}}}|mcp.http.auth.token.scheme",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'token','token':{'token':'t','headerName':'Mcp-Name'}}}}}|mcp.http.auth",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'oauth'}}}}|mcp.http.auth.oauth",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'oauth','oauth':{'grantType':'authorizecode'}}}}}"
                    + "|mcp.http.auth.oauth.grantType,mcp.http.auth.oauth.tokenURI,mcp.http.auth.oauth.clientId,mcp.http.auth.oauth.clientSecret",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'oauth','oauth':{'grantType':'clientcredentials',"
                    + "'tokenURI':'ftp://x.test','clientId':'c','clientSecret':'s'}}}}}|mcp.http.auth.oauth.tokenURI",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'custom'},'headers':[{'name':'a','value':'{{{connection.http.encrypted.a}}}'}]}}}|mcp.http.headers.0.value",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'custom'}}}}|mcp.http.headers",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'auth':{'type':'none'},'headers':[{'name':'a','value':'b'}]}}}|mcp.http.headers",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'URL','http':{'headers':[{'name':'a','value':'b'}]}}}|mcp.http.auth",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'http://10.0.0.1/mcp'}}|mcp.serverURL",
            "{'name':'c','type':'mcp','mcp':{'serverURL':'http://127.0.0.1:1/mcp'}}|mcp.serverURL" })
    void tellsAllThatIsWrong(String body, String fields) {
        String there = everything();

        deployment.api()
                .body(body.replace('\'', '"').replace("\"URL\"", "\"" + upstream.url() + "\""))
                .post(CONNECTIONS).then().statusCode(422)
                .body("errors.field", containsInAnyOrder(fields.split(",")))
                .body("errors.message", not(hasItem(containsString("remote."))))
                .body("errors.code", everyItem(not(emptyOrNullString())));

        assertNull(upstream.take());
        assertEquals(there, everything());
    }

    /** All connections in both dialects: the third-party servers, and the credentials. */
    private String everything() {
        return get(CONNECTIONS + "?limit=1000").extract().asString()
                + get("/api/connections?per_page=100").extract().asString();
    }

    // C-9
    @Test
    void makesConnectionsOfNoOtherType() {
        for (String type : List.of("http", "netsuite", "MCP")) {
            Map<String, Object> other = new HashMap<>(body());
            other.put("type", type);
            post(other).statusCode(422).body("errors.field", contains("type")).body("errors.code", contains("enum"))
                    .body("errors[0].message", equalTo("type: one of mcp"));
        }
        String connection = create();
        Map<String, Object> other = new HashMap<>(body());
        other.put("type", "http");
        put(connection, other).statusCode(422).body("errors.field", contains("type"));
        get(connection).body("type", equalTo("mcp"));
        deployment.api().body("{").post(CONNECTIONS).then().statusCode(400).body("errors.code", contains("invalid_json"));
        deployment.api().body("[]").post(CONNECTIONS).then().statusCode(422).body("errors.code", contains("invalid_type"));
    }

    // G-10
    @Test
    void showsNoSecretAnywhere() {
        try (BackEnd login = new BackEnd()) {
            login.answers(BackEnd.json("{\"access_token\":\"t0p-s3cret\",\"token_type\":\"Bearer\"}"));
            List<Map<String, Object>> all = List.of(token("s3cret"),
                    http(Map.of("type", "token", "token", Map.of("token", "s3cret", "headerName", "X-Key"))),
                    http(Map.of("type", "token", "token", Map.of("token", "s3cret", "location", "url", "paramName", "k"))),
                    Map.of("auth", Map.of("type", "custom"), "headers", List.of(Map.of("name", "X-Own", "value", "s3cret"))),
                    http(Map.of("type", "oauth", "oauth", Map.of("grantType", "clientcredentials", "tokenURI",
                            login.url() + "/token", "clientId", "gatehouse", "clientSecret", "s3cret"))));
            for (Map<String, Object> http : all) {
                String connection = create("http", http);
                JsonPath server = serve(connection);
                Map<String, Object> shown = get(connection).extract().jsonPath().getMap("");
                for (String answer : List.of(put(connection, shown).statusCode(200).extract().asString(),
                        get(connection).extract().asString(), get(SERVERS + "/" + server.get("_id")).extract().asString(),
                        deployment.api().post(connection + "/ping").asString(),
                        get(connection + "/dependencies").extract().asString(),
                        ledger.entries("upstream", id(connection)).toString(),
                        ledger.last("upstream", id(connection)).changes().prettify())) {
                    assertFalse(answer.contains("s3cret"), answer);
                }
            }
            assertFalse(everything().contains("s3cret"));
            assertEquals(0, ledger.count("select count(*) from audit_entry where changes::text like '%s3cret%'"));
        }
    }

    // C-13
    @Test
    void belongsToOneAccount() {
        String connection = create("http", token("s3cret"));
        String server = SERVERS + "/" + serve(connection).get("_id");
        String before = get(connection).extract().asString();
        RequestSpecification other = Deployment.as(others.found());

        other.get(CONNECTIONS).then().statusCode(204);
        for (String path : List.of(connection, connection + "/tools", connection + "/toolChanges")) {
            other.get(path).then().statusCode(404);
        }
        other.get(connection + "/dependencies").then().statusCode(200).body("$", equalTo(Map.of()));
        other.body(body()).put(connection).then().statusCode(404);
        other.body("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"n\"}]").patch(connection).then().statusCode(404);
        other.delete(connection).then().statusCode(404);
        other.post(connection + "/ping").then().statusCode(404);
        other.body(server(connection)).post(SERVERS).then().statusCode(422)
                .body("errors.field", hasItem("_connectionId"));
        other.get(server).then().statusCode(404);

        assertEquals(before, get(connection).extract().asString());
    }

    // C-82
    @Test
    void publishesItsOperationsUnderTheirNames() {
        JsonPath document = deployment.api().accept("application/json").get("/openapi/celigo?format=json").then()
                .statusCode(200).extract().jsonPath();
        Map<String, List<String>> operations = Map.of("", List.of("get", "post"), "/{_id}",
                List.of("get", "put", "patch", "delete"), "/{_id}/ping", List.of("post"), "/{_id}/dependencies",
                List.of("get"), "/{_id}/tools", List.of("get"), "/{_id}/tools/{_toolId}", List.of("get", "put"),
                "/{_id}/tools/{_toolId}/approve", List.of("post"), "/{_id}/toolChanges", List.of("get"));

        operations.forEach((path, methods) -> methods.forEach(method -> {
            Map<String, ?> operation = document.getMap("paths.'" + CONNECTIONS + path + "'." + method);
            assertTrue(operation.get("operationId").toString().contains("McpConnection"), method + " " + path);
        }));
        assertTrue(document.getMap("components.schemas.Response.properties").containsKey("_connectionId"));
        assertTrue(document.getMap("components.schemas.Request.properties").containsKey("_connectionId"));
        assertTrue(document.getList("paths.'" + CONNECTIONS + "/{_id}/tools'.get.parameters.name").contains("limit"));
    }

    // G-16
    @Test
    void replacesAConnectionButForSecretsThatAreMasked() {
        upstream.wants("Authorization", "Bearer s3cret");
        String connection = create("http", token("s3cret"), "timeout", 5_000, "allowedTools", List.of("find"),
                "changePolicy", "serve");
        Map<String, Object> shown = get(connection).extract().jsonPath().getMap("");
        upstream.forget();

        put(connection, shown).statusCode(200).body("mcp.timeout", equalTo(5_000))
                .body("mcp.allowedTools", contains("find"));
        assertNull(upstream.take());
        put(connection, body("http", token("******"))).statusCode(200).body("mcp.timeout", equalTo(600_000))
                .body("mcp.allowedTools", equalTo(List.of())).body("mcp.changePolicy", equalTo("serve"))
                .body("mcp.http.auth.type", equalTo("token"));
        put(connection, body("http", token("other"))).statusCode(422).body("errors.field", contains("mcp.serverURL"));
        get(connection).body("mcp.http.auth.token.token", equalTo("******")).body("offline", equalTo(false));
        upstream.wants("Authorization", "Bearer other");
        put(connection, body("http", token("other"))).statusCode(200);
        assertEquals("upstream.changed", ledger.last("upstream", id(connection)).action());
        assertFalse(ledger.last("upstream", id(connection)).changes().prettify().contains("other"));
    }

    @Test
    void forgetsTheSecretOfAConnectionThatIsReplacedWithoutOne() {
        String connection = create("http", token("s3cret"));

        put(connection, body()).statusCode(200).body("mcp.http.auth", equalTo(Map.of("type", "none")));
        upstream.forget();
        deployment.api().post(connection + "/ping").then().statusCode(200).body("code", equalTo(200));
        assertNull(upstream.take().headers().get("Authorization"));
        put(connection, body("http", token("******"))).statusCode(422)
                .body("errors.field", contains("mcp.http.auth.token.token"));
    }

    // G-16
    @Test
    void renamesByAPatchAndNothingElse() {
        String connection = create("http", token("s3cret"));

        deployment.api().body("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"Renamed\"}]").patch(connection).then()
                .statusCode(204);
        deployment.api().body("[{\"op\":\"replace\",\"path\":\"/disabled\",\"value\":true}]").patch(connection).then()
                .statusCode(422).body("errors.code", contains("not_whitelisted"));
        deployment.api().body("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"\"}]").patch(connection).then()
                .statusCode(422).body("errors.field", contains("name"));

        get(connection).body("name", equalTo("Renamed")).body("mcp.http.auth.type", equalTo("token"));
        assertEquals("Renamed", ledger.last("upstream", id(connection)).changes().getString("name.after"));
    }

    // G-10
    @Test
    void pingsAndTellsWhatIsWrong() {
        String connection = create();
        deployment.api().post(connection + "/ping").then().statusCode(200).body("code", equalTo(200))
                .body("$", not(hasKey("errors")));

        upstream.instead(FakeUpstream.status(500));
        deployment.api().post(connection + "/ping").then().statusCode(200).body("$", not(hasKey("code")))
                .body("errors[0].source", equalTo("connector"));
        get(connection).body("offline", equalTo(true));

        upstream.instead(null).tools(tool("find", "Finds otherwise."));
        deployment.api().post(connection + "/ping").then().statusCode(200).body("code", equalTo(200));
        get(connection).body("offline", equalTo(false)).body("mcp.pendingChanges", equalTo(2));
    }

    // G-16, P-19
    @Test
    void letsAServerStandForAConnection() throws Exception {
        String connection = create("http", token("s3cret"));
        JsonPath server = serve(connection);

        assertEquals(id(connection), server.getString("_connectionId"));
        assertEquals(List.of(), server.getList("tools"));
        get(SERVERS + "/" + server.getString("_id")).body("_connectionId", equalTo(id(connection)))
                .body("disabled", equalTo(false));
        upstream.forget();
        Published published = published(server);
        Agent agent = new Agent("http://localhost:" + RestAssured.port + published.path(), published.token());
        assertEquals(List.of("find", "pay"), JsonPath.from(agent.send(agent.modern(1, "tools/list", Map.of()))
                .get(30, TimeUnit.SECONDS).body()).getList("result.tools.name"));
        upstream.forget();
        String answer = agent.send(agent.modern(1, "tools/call", Map.of("name", "find", "arguments", Map.of("text", "x"))))
                .get(30, TimeUnit.SECONDS).body();
        assertEquals("called find with {\"text\":\"x\"}", JsonPath.from(answer).getString("result.content[0].text"));
        assertEquals("Bearer s3cret", upstream.take().headers().get("Authorization"));

        Map<String, Object> again = new HashMap<>(server.getMap(""));
        again.put("name", "Other");
        put(SERVERS + "/" + server.get("_id"), again).statusCode(200).body("name", equalTo("Other"))
                .body("_connectionId", equalTo(id(connection)));
        again.remove("_connectionId");
        put(SERVERS + "/" + server.get("_id"), again).statusCode(200).body("_connectionId", equalTo(id(connection)));
    }

    // G-16
    @Test
    void switchesAServerThatStandsForAConnection() throws Exception {
        JsonPath server = serve(create());
        String path = SERVERS + "/" + server.get("_id");
        Published published = published(server);
        Agent agent = new Agent("http://localhost:" + RestAssured.port + published.path(), published.token());

        deployment.api().body("""
                [{"op":"replace","path":"/disabled","value":true},{"op":"replace","path":"/name","value":"Off"}]""")
                .patch(path).then().statusCode(204);
        get(path).body("disabled", equalTo(true)).body("name", equalTo("Off"));
        assertEquals(404, agent.send(agent.modern(1, "tools/list", Map.of())).get(30, TimeUnit.SECONDS).statusCode());
        deployment.api().body("[{\"op\":\"replace\",\"path\":\"/disabled\",\"value\":false}]").patch(path).then()
                .statusCode(204);

        assertEquals(200, agent.send(agent.modern(2, "tools/list", Map.of())).get(30, TimeUnit.SECONDS).statusCode());
        get(SERVERS + "?limit=1000").body("find { it._id == '" + server.get("_id") + "' }._connectionId",
                equalTo(server.getString("_connectionId")));
    }

    @Test
    void letsNoServerStandForAConnectionAndHaveToolsOfItsOwn() {
        String connection = create();
        Map<String, Object> prompt = Map.of("name", "p", "messagesTemplate",
                List.of(Map.of("role", "user", "template", "t")));

        deployment.api().body(server(connection, "prompts", List.of(prompt))).post(SERVERS).then().statusCode(422)
                .body("errors.field", contains("prompts"));
        deployment.api().body(server(UNKNOWN)).post(SERVERS).then().statusCode(422)
                .body("errors.field", hasItem("_connectionId"));
        deployment.api().body(server("x/nonsense")).post(SERVERS).then().statusCode(422)
                .body("errors.field", hasItem("_connectionId"));
        JsonPath server = serve(connection);
        Map<String, Object> other = new HashMap<>(server.getMap(""));
        other.put("_connectionId", id(create()));
        put(SERVERS + "/" + server.get("_id"), other).statusCode(422).body("errors.field", contains("_connectionId"));
    }

    // G-10, G-16
    @Test
    void keepsAConnectionThatAServerStandsForAndSaysWhich() {
        String connection = create("http", token("s3cret"));
        String server = SERVERS + "/" + serve(connection).get("_id");

        get(connection + "/dependencies").statusCode(200).body("mcpservers.id", contains(id(server)))
                .body("mcpservers[0].dependencyIds.connections", contains(id(connection)));
        deployment.api().delete(connection).then().statusCode(409).body("errors[0].code", equalTo("connection_in_use"))
                .body("errors[0].message", equalTo("The connection is used by the MCP server \"Wiki desk\""));
        deployment.api().delete(server).then().statusCode(204);
        deployment.api().delete(connection).then().statusCode(409).body("errors[0].message", containsString("recycle bin"));
        get(connection + "/dependencies").body("$", equalTo(Map.of()));
    }

    @Test
    void outlivesTheServersThatStandForItAndGoesWithItsCredential() {
        String connection = create("http", token("s3cret"));
        JsonPath server = serve(connection);
        JsonPath other = deployment.api().queryParam("search", "Wiki desk").queryParam("view", "full")
                .get("/api/mcp/mcp_servers").then().extract().jsonPath()
                .setRootPath("items.find { it.remote.upstream_id == '" + id(connection) + "' }");
        int credential = other.getInt("remote.connection_id");
        deployment.api().delete("/api/mcp/mcp_servers/" + other.getString("handle")).then().statusCode(200);

        get(SERVERS + "/" + server.get("_id")).statusCode(404);
        get(connection).statusCode(200);
        deployment.api().delete("/api/connections/" + credential).then().statusCode(409)
                .body("message", containsString("the remote MCP server \"Wiki\""));
        deployment.api().delete(connection).then().statusCode(204);

        get(connection).statusCode(404);
        deployment.api().delete(connection).then().statusCode(404);
        deployment.api().get("/api/connections/" + credential).then().statusCode(404);
        assertEquals("upstream.removed", ledger.last("upstream", id(connection)).action());
    }

    @Test
    void isDeletedOnceWhoeverElseTries() {
        String connection = create("http", token("s3cret"));

        List<Integer> answers = AtOnce.times(6, i -> deployment.api().delete(connection).statusCode());

        assertEquals(List.of(204, 404, 404, 404, 404, 404), answers.stream().sorted().toList());
    }

    @Test
    void findsNothingUnderWhatIsNoConnection() {
        for (String path : List.of(CONNECTIONS + UNKNOWN, CONNECTIONS + "/x")) {
            get(path).statusCode(404);
            put(path, body()).statusCode(404);
            deployment.api().body("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"n\"}]").patch(path).then()
                    .statusCode(404);
            deployment.api().body("[{}]").patch(path).then().statusCode(404);
            deployment.api().delete(path).then().statusCode(404);
            deployment.api().post(path + "/ping").then().statusCode(404);
            get(path + "/tools").statusCode(404);
            get(path + "/tools" + UNKNOWN).statusCode(404);
            get(path + "/toolChanges").statusCode(404);
            get(path + "/dependencies").statusCode(200).body("$", equalTo(Map.of()));
        }
    }

    // W-10
    @Test
    void letsOnlyThoseConnectWhoMay() {
        String connection = create();
        String token = deployment.client(deployment.role("view_connections"), null).getString("token");

        Deployment.as(token).get(connection).then().statusCode(200);
        Deployment.as(token).body(body()).post(CONNECTIONS).then().statusCode(403);
        Deployment.as(token).body(body()).put(connection).then().statusCode(403);
        Deployment.as(token).post(connection + "/ping").then().statusCode(403);
        Deployment.as(token).delete(connection).then().statusCode(403);
        String none = deployment.client(deployment.role("view_servers"), null).getString("token");
        Deployment.as(none).get(CONNECTIONS).then().statusCode(403);
    }
}
