package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Specification;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code /api/mcp/mcp_servers}: how a server is made and read, and what is refused before anything else. */
@QuarkusTest
class ServersContractDbTest {

    private static final String HANDLE = "/{}";
    private static final Map<String, String> OPERATIONS = Map.ofEntries(Map.entry("listMcpServers", "GET "),
            Map.entry("createMcpServer", "POST "), Map.entry("getMcpServer", "GET " + HANDLE),
            Map.entry("updateMcpServer", "PUT " + HANDLE), Map.entry("deleteMcpServer", "DELETE " + HANDLE),
            Map.entry("renewMcpServerToken", "POST " + HANDLE + "/token_renew"),
            Map.entry("assignToolsToMcpServer", "POST " + HANDLE + "/assign_tools"),
            Map.entry("assignUserGroupsToMcpServer", "POST " + HANDLE + "/assign_user_groups"),
            Map.entry("removeUserGroupsFromMcpServer", "POST " + HANDLE + "/remove_user_groups"),
            Map.entry("moveMcpServerToFolder", "PUT " + HANDLE + "/update_folder"),
            Map.entry("getMcpServerPolicies", "GET " + HANDLE + "/server_policies"),
            Map.entry("updateMcpServerPolicies", "PUT " + HANDLE + "/server_policies"),
            Map.entry("listMcpServerTools", "GET " + HANDLE + "/tools"),
            Map.entry("updateMcpServerTool", "PUT " + HANDLE + "/tools/{}"),
            Map.entry("removeMcpServerTool", "DELETE " + HANDLE + "/tools/{}"),
            Map.entry("listMcpUserGroups", "GET user_groups"));

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;

    // W-59
    @Test
    void publishesTheOperationsByTheirIds() {
        Specification document = Specification.parse(given().get("/openapi/workato?format=json").asString());

        Map<String, String> published = new TreeMap<>();
        document.operations().stream().filter(operation -> OPERATIONS.containsKey(operation.id()))
                .forEach(operation -> published.put(operation.id(), operation.method() + " " + operation.template()
                        .replaceAll("\\{[^}]*}", "{}").replace(SERVERS, "").replace("/api/mcp/", "")));
        assertEquals(new TreeMap<>(OPERATIONS), published);
    }

    // W-1: the path alone chooses the dialect, whatever the host
    @ParameterizedTest
    @ValueSource(strings = { "localhost", "app.example.com", "app.eu.example.com:8443" })
    void answersAtAnyHost(String host) {
        deployment.api().header("Host", host).get(SERVERS + "?per_page=1").then().statusCode(200).body("$",
                hasKey("items"));
        deployment.api().header("Host", host).get("/api/nope").then().statusCode(404).body("$", hasKey("code"));
        deployment.api().header("Host", host).get("/v1/nope").then().statusCode(404).body("$", hasKey("errors"));
    }

    // W-2, W-3, W-4
    @ParameterizedTest
    @ValueSource(strings = { "", "Basic abc", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Token x",
            "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0." })
    void refusesStrangersBeforeAnythingElse(String authorization) {
        for (String path : List.of(SERVERS, SERVERS + "/nope", SERVERS + "/nope/token_renew", "/api/nope")) {
            var request = authorization.isEmpty() ? given() : given().header("Authorization", authorization);
            request.contentType(ContentType.JSON).body("{").post(path).then().statusCode(401)
                    .body("code", equalTo("unauthorized")).body("message", notNullValue());
        }
    }

    // W-9, W-18, W-19, W-20, W-21, W-28, W-30, W-31
    @Test
    void createsAServerWithATokenInItsUrl() {
        ValidatableResponse created = servers.create(servers.named("Sales")).statusCode(200)
                .body("name", equalTo("Sales")).body("handle", matchesPattern("mcps-[a-z0-9]{8}-[a-z0-9]{4}-[a-z0-9]{2}"))
                .body("folder_id", equalTo(deployment.folder())).body("authentication_method", equalTo("token"))
                .body("mcp_url", matchesPattern("http://gatehouse\\.test/mcp/mcps-[a-z0-9-]+\\?token=gmt_[\\w-]{43}"))
                .body("keySet()", containsInAnyOrder("handle", "name", "folder_id", "mcp_url", "authentication_method",
                        "created_at", "updated_at"));
        String handle = created.extract().path("handle");
        String url = created.extract().path("mcp_url");
        Instant.parse(created.extract().path("created_at"));

        servers.get(handle, "?view=full").statusCode(200).body("mcp_url", endsWith("/mcp/" + handle))
                .body("_id", matchesPattern("[0-9a-f]{24}")).body("server_type", equalTo("composed"))
                .body("project_id", equalTo(deployment.project())).body("tools_count", equalTo(0))
                .body("has_vua_dependent_tools", equalTo(false))
                .body("created_at", equalTo(created.extract().path("created_at")))
                .body("updated_at", equalTo(created.extract().path("updated_at")));
        assertEquals(200, ServersApi.ping(handle, url.replaceFirst(".*token=", "")));
    }

    // W-21: reads of every kind
    @Test
    void showsTheTokenNeverAgain() {
        String name = ServersApi.unique("Secretive");
        String handle = servers.create(name, deployment.folder());

        servers.get(handle, "").body("mcp_url", endsWith("/mcp/" + handle));
        servers.list("search=" + name).body("items[0].mcp_url", endsWith("/mcp/" + handle));
        servers.body(servers.named(name)).put(SERVERS + "/" + handle).then().body("mcp_url", endsWith("/mcp/" + handle));
        servers.body(Map.of("folder_id", deployment.folder())).put(SERVERS + "/" + handle + "/update_folder").then()
                .body("mcp_url", endsWith("/mcp/" + handle));
    }

    // W-22
    @ParameterizedTest
    @CsvSource({ "token,token", "hashed_token,token", "workato_idp,workato_idp", "sso,sso" })
    void knowsTheAccessMethods(String asked, String stored) {
        Map<String, Object> body = servers.named("Method");
        body.put("authentication_method", asked);

        servers.create(body).statusCode(200).body("authentication_method", equalTo(stored));
    }

    // W-4, W-5, W-7, W-22, W-29
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"folder_id\":FOLDER}|name", "{\"name\":\" \",\"folder_id\":FOLDER}|name",
            "{\"name\":null,\"folder_id\":FOLDER}|name", "{\"name\":7,\"folder_id\":FOLDER}|name",
            "{\"name\":\"\",\"folder_id\":FOLDER}|name", "{\"name\":[\"x\"],\"folder_id\":FOLDER}|name",
            "{\"name\":{\"x\":1},\"folder_id\":FOLDER}|name", "{\"name\":\"\\ud800\",\"folder_id\":FOLDER}|name",
            "{\"name\":\"x\"}|folder_id", "{\"name\":\"x\",\"folder_id\":null}|folder_id",
            "{\"name\":\"x\",\"folder_id\":999999}|folder_id", "{\"name\":\"x\",\"folder_id\":-1}|folder_id",
            "{\"name\":\"x\",\"folder_id\":\"1\"}|folder_id", "{\"name\":\"x\",\"folder_id\":1.5}|folder_id",
            "{\"name\":\"x\",\"folder_id\":99999999999999999999}|folder_id",
            "{\"name\":\"x\",\"folder_id\":1e400}|folder_id", "{\"name\":\"x\",\"folder_id\":[FOLDER]}|folder_id",
            "{\"name\":\"a\\u0000b\",\"folder_id\":FOLDER}|name",
            "{\"name\":\"x\",\"folder_id\":FOLDER,\"authentication_method\":\"magic\"}|authentication_method",
            "{\"name\":\"x\",\"folder_id\":FOLDER,\"authentication_method\":\"\"}|authentication_method",
            "{\"name\":\"x\",\"folder_id\":FOLDER,\"authentication_method\":true}|authentication_method",
            "{\"name\":\"x\",\"folder_id\":FOLDER,\"description\":\"\\udc00\"}|description",
            "{\"name\":\"x\",\"folder_id\":FOLDER,\"description\":[]}|description" })
    void namesTheFieldThatIsWrong(String body, String field) {
        String filled = body.replace("FOLDER", Integer.toString(deployment.folder()));
        String handle = deployment.createServer().handle();

        servers.body(filled).post(SERVERS).then().statusCode(400).body("code", equalTo("validation_failed"))
                .body("message", notNullValue()).body("errors", hasKey(field));
        servers.body(filled).put(SERVERS + "/" + handle).then().statusCode(400)
                .body("code", equalTo("validation_failed")).body("errors", hasKey(field));
        servers.get(handle, "").body("name", equalTo("Server"));
    }

    // D-18
    @Test
    void boundsNamesAndDescriptions() {
        servers.create(servers.named("n".repeat(300))).statusCode(200);
        servers.create(servers.named("n".repeat(301))).statusCode(400).body("errors", hasKey("name"));
        Map<String, Object> body = servers.named("d");
        body.put("description", "d".repeat(1000));
        servers.create(body).statusCode(200);
        body.put("description", "d".repeat(1001));
        servers.create(body).statusCode(400).body("errors", hasKey("description"));
    }

    // W-8, W-20
    @Test
    void ignoresFieldsThatItDoesNotKnow() {
        Map<String, Object> body = servers.named("Unknown");
        body.putAll(Map.of("handle", "mine", "created_at", "2001-01-01T00:00:00Z", "mcp_url", 7, "extra",
                Map.of("a", List.of(1))));

        ValidatableResponse created = servers.create(body).statusCode(200).body("$", not(hasKey("extra")))
                .body("handle", not(equalTo("mine"))).body("created_at", not(equalTo("2001-01-01T00:00:00Z")));
        String handle = created.extract().path("handle");

        servers.body(body).put(SERVERS + "/" + handle).then().statusCode(200).body("handle", equalTo(handle))
                .body("created_at", equalTo(created.extract().path("created_at"))).body("$", not(hasKey("extra")));
    }

    // W-20, W-32
    @Test
    void allowsNamesTwiceButNoHandle() {
        Set<String> handles = new TreeSet<>();
        for (int i = 0; i < 5; i++) {
            handles.add(servers.create("twin", deployment.folder()));
        }

        assertEquals(5, handles.size());
    }

    // W-4, W-33, W-60
    @Test
    void knowsNothingElse() {
        for (String path : List.of(SERVERS + "/nope", "/api/nope", "/api/mcp", "/api", SERVERS + "/nope/tools/1/x",
                SERVERS + "/" + "x".repeat(3000))) {
            deployment.api().get(path).then().statusCode(404).body("code", equalTo("not_found")).body("message",
                    notNullValue());
        }
    }

    // W-60
    @ParameterizedTest
    @ValueSource(strings = { "PATCH ", "DELETE ", "PUT ", "POST /{}", "PATCH /{}", "GET /{}/token_renew",
            "PUT /{}/assign_tools", "POST /{}/update_folder", "DELETE /{}/server_policies", "POST /{}/tools",
            "GET /{}/tools/1", "POST /{}/tools/1/start", "DELETE /{}/user_groups", "PUT /{}/tokens",
            "GET /{}/tokens/1" })
    void knowsNoOtherMethods(String request) {
        String[] words = request.replace("{}", deployment.createServer().handle()).split(" ", 2);

        servers.body("{}").request(words[0], SERVERS + words[1]).then().statusCode(405)
                .body("code", equalTo("method_not_allowed")).body("message", notNullValue());
    }
}
