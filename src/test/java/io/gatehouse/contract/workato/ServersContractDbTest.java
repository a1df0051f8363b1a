package io.gatehouse.contract.workato;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code /api/mcp/mcp_servers} as far as it is offered. */
@QuarkusTest
class ServersContractDbTest {

    private static final String SERVERS = "/api/mcp/mcp_servers";
    private static final String TWO_OPERATIONS = """
            openapi: 3.0.0
            info: {title: Two, version: '1'}
            paths: {/a: {get: {operationId: same, summary: Reads a}, put: {operationId: same}}, '/b/{x}': {get: {}}}
            """;

    @Inject
    Deployment deployment;

    private ValidatableResponse create(Map<String, ?> body) {
        return deployment.api().body(body).post(SERVERS).then();
    }

    private Map<String, Object> named(String name) {
        return new HashMap<>(Map.of("name", name, "folder_id", deployment.folder()));
    }

    // W-2, W-3, W-4
    @ParameterizedTest
    @ValueSource(strings = { "", "Basic abc", "Bearer ", "Bearer x", "Bearer a.b.c",
            "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0." })
    void refusesStrangersBeforeAnythingElse(String authorization) {
        for (String path : List.of(SERVERS, SERVERS + "/nope", "/api/nope")) {
            var request = authorization.isEmpty() ? given() : given().header("Authorization", authorization);
            request.contentType(ContentType.JSON).body("{").post(path).then().statusCode(401)
                    .body("code", equalTo("unauthorized")).body("message", notNullValue());
        }
    }

    // W-19, W-20, W-21, W-28, W-30, W-31
    @Test
    void createsAServerWithATokenInItsUrl() {
        ValidatableResponse created = create(named("Sales")).statusCode(200).body("name", equalTo("Sales"))
                .body("handle", matchesPattern("mcps-[a-z0-9]{8}-[a-z0-9]{4}-[a-z0-9]{2}"))
                .body("folder_id", equalTo(deployment.folder())).body("authentication_method", equalTo("token"))
                .body("mcp_url", matchesPattern("http://gatehouse\\.test/mcp/mcps-[a-z0-9-]+\\?token=gmt_[\\w-]{43}"))
                .body("$", not(hasKey("_id"))).body("created_at", notNullValue());
        String handle = created.extract().path("handle");

        deployment.api().get(SERVERS + "/" + handle + "?view=full").then().statusCode(200)
                .body("mcp_url", endsWith("/mcp/" + handle)).body("_id", matchesPattern("[0-9a-f]{24}"))
                .body("created_at", equalTo(created.extract().path("created_at")))
                .body("updated_at", equalTo(created.extract().path("updated_at")));
    }

    // W-22
    @ParameterizedTest
    @CsvSource({ "token,token", "hashed_token,token", "workato_idp,workato_idp", "sso,sso" })
    void knowsTheAccessMethods(String asked, String stored) {
        Map<String, Object> body = named("Method");
        body.put("authentication_method", asked);

        create(body).statusCode(200).body("authentication_method", equalTo(stored));
    }

    // W-7, W-22, W-29
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"folder_id\":FOLDER}|name", "{\"name\":\" \",\"folder_id\":FOLDER}|name",
            "{\"name\":null,\"folder_id\":FOLDER}|name", "{\"name\":7,\"folder_id\":FOLDER}|name",
            "{\"name\":\"x\"}|folder_id", "{\"name\":\"x\",\"folder_id\":999999}|folder_id",
            "{\"name\":\"x\",\"folder_id\":\"1\"}|folder_id", "{\"name\":\"x\",\"folder_id\":1.5}|folder_id",
            "{\"name\":\"x\",\"folder_id\":99999999999999999999}|folder_id",
            "{\"name\":\"a\\u0000b\",\"folder_id\":FOLDER}|name",
            "{\"name\":\"x\",\"folder_id\":FOLDER,\"authentication_method\":\"magic\"}|authentication_method",
            "{\"name\":\"x\",\"folder_id\":FOLDER,\"description\":[]}|description" })
    void namesTheFieldThatIsWrong(String body, String field) {
        deployment.api().body(body.replace("FOLDER", Integer.toString(deployment.folder()))).post(SERVERS).then()
                .statusCode(400).body("code", equalTo("validation_failed")).body("errors", hasKey(field));
    }

    // D-18
    @Test
    void boundsNamesAndDescriptions() {
        create(named("n".repeat(300))).statusCode(200);
        create(named("n".repeat(301))).statusCode(400);
        Map<String, Object> body = named("d");
        body.put("description", "d".repeat(1001));
        create(body).statusCode(400);
    }

    // W-7
    @ParameterizedTest
    @ValueSource(strings = { "{", "[]", "7", "null", "", "{\"name\":\"x\"} {}" })
    void refusesWhatIsNoJsonObject(String body) {
        deployment.api().body(body).post(SERVERS).then().statusCode(400).body("message", notNullValue()).body("code",
                notNullValue());
    }

    // W-12, W-13, W-16, W-17
    @Test
    void pagesThroughAStableList() {
        for (int i = 0; i < 3; i++) {
            create(named("paged-page-" + i)).statusCode(200);
        }

        JsonPath first = list("search=paged-page&per_page=2").extract().jsonPath();
        JsonPath second = list("search=paged-page&per_page=2&page=2").extract().jsonPath();
        assertEquals(List.of("paged-page-0", "paged-page-1"), first.getList("items.name"));
        assertEquals(true, first.getBoolean("next_page"));
        assertEquals(List.of("paged-page-2"), second.getList("items.name"));
        assertEquals(false, second.getBoolean("next_page"));
        list("search=paged-page&page=9").body("items", empty()).body("next_page", equalTo(false));
    }

    private ValidatableResponse list(String query) {
        return deployment.api().get(SERVERS + "?" + query).then().statusCode(200);
    }

    // W-15
    @ParameterizedTest
    @ValueSource(strings = { "page=0", "page=-1", "page=x", "per_page=0", "per_page=101", "page=99999999999999999999",
            "page=2147483647", "per_page=1.5", "project_id=x", "vua_required=maybe" })
    void refusesQueriesOutOfRange(String query) {
        deployment.api().get(SERVERS + "?" + query).then().statusCode(400).body("code", equalTo("validation_failed"));
    }

    // W-7
    @Test
    void refusesCharactersThatNoTextHas() {
        given().urlEncodingEnabled(false).auth().oauth2(deployment.token()).get(SERVERS + "?search=%00").then()
                .statusCode(400);
        for (String path : List.of("/%00", "/%00/tools", "/a%20b")) {
            given().urlEncodingEnabled(false).auth().oauth2(deployment.token()).get(SERVERS + path).then()
                    .statusCode(404);
        }
        deployment.api().body(new byte[] { 0, 0, 0, '{', 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff }).post(SERVERS)
                .then().statusCode(400);
    }

    // W-24, W-25, W-27
    @Test
    void filtersByAllThatIsAsked() {
        create(named("filtered")).statusCode(200);

        list("search=filtered&folder_id=" + deployment.folder() + "&project_id=" + deployment.project()
                + "&authentication_method=token&vua_required=false&unknown=1").body("items", hasSize(1));
        for (String nothing : List.of("folder_id=999999", "project_id=999999", "authentication_method=sso",
                "authentication_method=magic", "vua_required=true")) {
            list("search=filtered&" + nothing).body("items", empty()).body("next_page", equalTo(false));
        }
        list("search=&per_page=1").body("items", hasSize(1));
    }

    // W-26
    @Test
    void findsTheExactNameFirst() {
        for (String name : List.of("a zebra%_x", "Zebra%_X more", "zebra%_x", "zebra other")) {
            create(named(name)).statusCode(200);
        }

        deployment.api().queryParam("search", "zEBRA%_X").get(SERVERS).then().statusCode(200).body("items.name",
                contains("zebra%_x", "Zebra%_X more", "a zebra%_x"));
    }

    // W-32
    @Test
    void allowsNamesTwice() {
        String one = create(named("twin")).statusCode(200).extract().path("handle");
        String other = create(named("twin")).statusCode(200).extract().path("handle");

        assertNotEquals(one, other);
    }

    // W-33, W-60
    @Test
    void rendersAllRefusalsInItsEnvelope() {
        deployment.api().get(SERVERS + "/nope").then().statusCode(404).body("code", equalTo("not_found"));
        deployment.api().get("/api/nope").then().statusCode(404).body("code", equalTo("not_found"));
        deployment.api().patch(SERVERS).then().statusCode(405).body("code", equalTo("method_not_allowed"));
    }

    // W-37, W-38, W-39
    @Test
    void renewsTheTokenAtOnce() {
        Published server = deployment.createServer();
        assertEquals(200, ping(server.handle(), server.token()));

        String fresh = renew(server.handle()).statusCode(200).extract().path("token");

        assertEquals(401, ping(server.handle(), server.token()));
        assertEquals(200, ping(server.handle(), fresh));
        renew("nope").statusCode(404);
    }

    // W-39
    @Test
    void renewsNoTokenWhereAccessIsNotByToken() {
        Map<String, Object> body = named("identity");
        body.put("authentication_method", "workato_idp");
        String handle = create(body).statusCode(200).body("mcp_url", not(endsWith("token="))).extract().path("handle");

        renew(handle).statusCode(400).body("code", equalTo("token_access_not_enabled"));
    }

    // W-39
    @Test
    void leavesOneGoodTokenAfterConcurrentRenewals() {
        Published server = deployment.createServer();
        deployment.token();

        List<CompletableFuture<String>> renewals = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            renewals.add(CompletableFuture
                    .supplyAsync(() -> renew(server.handle()).statusCode(200).extract().path("token")));
        }
        List<String> tokens = renewals.stream().map(CompletableFuture::join).toList();

        assertEquals(1, tokens.stream().filter(token -> ping(server.handle(), token) == 200).count());
    }

    private ValidatableResponse renew(String handle) {
        return deployment.api().post(SERVERS + "/" + handle + "/token_renew").then();
    }

    private static int ping(String handle, String token) {
        return given().auth().oauth2(token).contentType(ContentType.JSON)
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").post("/mcp/" + handle).statusCode();
    }

    // W-40, W-41, W-43, W-44, W-48, D-4, D-5
    @Test
    void putsToolsOnAServer() {
        JsonPath collection = deployment.importDocument(TWO_OPERATIONS);
        List<Integer> ids = collection.getList("import_report.tools.id");
        Published server = deployment.createServer();

        Map<String, Object> byNumber = Map.of("trigger_application", "workato_api_platform", "id", ids.get(1));

        JsonPath assigned = assign(server.handle(), reference(ids.get(0)), byNumber).statusCode(200).extract()
                .jsonPath();

        assertEquals(List.of(ids.get(0).toString(), ids.get(1).toString()), assigned.getList("items.id"));
        assertEquals(List.of("Reads a", "same_2"), assigned.getList("items.name"));
        deployment.api().get(SERVERS + "/" + server.handle() + "/tools?view=full").then()
                .body("items.tool_name", contains("same", "same_2"));
        deployment.api().get(SERVERS + "/" + server.handle() + "/tools?per_page=1").then().statusCode(200)
                .body("items", hasSize(1)).body("next_page", equalTo(true))
                .body("items.trigger_application", everyItem(equalTo("workato_api_platform")));
        assign(server.handle(), reference(ids.get(1))).statusCode(200).body("items", hasSize(2));
        assign(server.handle()).statusCode(200).body("items", hasSize(2));
    }

    // W-41
    @Test
    void assignsAllOrNothing() {
        JsonPath collection = deployment.importDocument(TWO_OPERATIONS);
        int good = collection.getInt("import_report.tools[0].id");
        int noTool = collection.getInt("import_report.refused[0].id");
        Published server = deployment.createServer();

        for (Map<String, Object> bad : List.of(reference(999_999), reference("x"), reference(noTool),
                Map.<String, Object> of("id", "1"), Map.<String, Object> of("trigger_application", "other", "id", good))) {
            assign(server.handle(), reference(good), bad).statusCode(400).body("errors", hasKey("tools.1"));
        }
        deployment.api().get(SERVERS + "/" + server.handle() + "/tools").then().body("items", empty());
        deployment.api().body("{}").post(SERVERS + "/" + server.handle() + "/assign_tools").then().statusCode(400);
        assign("nope", reference(good)).statusCode(404);
    }

    // W-41
    @Test
    void assignsOnceWhenAskedTwiceAtTheSameTime() {
        List<Integer> ids = deployment.importDocument(TWO_OPERATIONS).getList("import_report.tools.id");
        Published server = deployment.createServer();

        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> assign(server.handle(), reference(ids.get(0)), reference(ids.get(1))).extract().statusCode()));
        }

        assertEquals(List.of(200, 200, 200, 200), answers.stream().map(CompletableFuture::join).toList());
        deployment.api().get(SERVERS + "/" + server.handle() + "/tools").then().body("items", hasSize(2));
    }

    // W-45: a tool that is switched off vanishes from the server at once, and comes back
    @Test
    void showsAgentsOnlyEnabledEndpoints() {
        try (BackEnd backEnd = new BackEnd()) {
            Published server = deployment.publish(TWO_OPERATIONS, backEnd.url(), Map.of());
            int id = deployment.api().get(SERVERS + "/" + server.handle() + "/tools").jsonPath()
                    .getInt("items[0].id");
            assertEquals(List.of("same", "same_2"), tools(server));

            deployment.api().put("/api/api_endpoints/" + id + "/disable").then().statusCode(200).body("success",
                    equalTo(true));
            assertEquals(List.of("same_2"), tools(server));

            deployment.api().put("/api/api_endpoints/" + id + "/enable").then().statusCode(200);
            assertEquals(List.of("same", "same_2"), tools(server));
        }
    }

    private static List<String> tools(Published server) {
        return Deployment.call(server, "tools/list", Map.of()).getList("result.tools.name");
    }

    private static Map<String, Object> reference(Object id) {
        return Map.of("trigger_application", "workato_api_platform", "id", id.toString());
    }

    private ValidatableResponse assign(String handle, Object... references) {
        return deployment.api().body(Map.of("tools", references)).post(SERVERS + "/" + handle + "/assign_tools").then();
    }
}
