package io.gatehouse.contract.workato;

import static io.restassured.RestAssured.given;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The MCP servers of this dialect as its administrator meets them, and the gateway as their agents do. */
@Singleton
class ServersApi {

    static final String SERVERS = "/api/mcp/mcp_servers";
    static final String TWO_OPERATIONS = """
            openapi: 3.0.0
            info: {title: Two, version: '1'}
            paths: {/a: {get: {operationId: same, summary: Reads a}, put: {operationId: same}}, '/b/{x}': {get: {}}}
            """;

    @Inject
    Deployment deployment;

    /** A project of its own, with the folder that it is. */
    record Place(int project, int folder) {
    }

    /** A server with the two tools of {@link #TWO_OPERATIONS}. */
    record Equipped(Published server, int first, int second) {
    }

    static String unique(String name) {
        return name + " " + UUID.randomUUID();
    }

    Map<String, Object> named(String name) {
        return new HashMap<>(Map.of("name", name, "folder_id", deployment.folder()));
    }

    ValidatableResponse create(Map<String, ?> body) {
        return deployment.api().body(body).post(SERVERS).then();
    }

    String create(String name, int folder) {
        return create(Map.of("name", name, "folder_id", folder)).statusCode(200).extract().path("handle");
    }

    RequestSpecification body(Object body) {
        return deployment.api().body(body);
    }

    ValidatableResponse get(String handle, String rest) {
        return deployment.api().get(SERVERS + "/" + handle + rest).then();
    }

    ValidatableResponse list(String query) {
        return deployment.api().get(SERVERS + "?" + query).then().statusCode(200);
    }

    ValidatableResponse renew(String handle) {
        return deployment.api().post(SERVERS + "/" + handle + "/token_renew").then();
    }

    Place place(String name) {
        return place(deployment.api(), name);
    }

    static Place place(RequestSpecification as, String name) {
        JsonPath folder = as.body(Map.of("name", name)).post("/api/folders").then().statusCode(200).extract().jsonPath();
        return new Place(folder.getInt("project_id"), folder.getInt("id"));
    }

    /** The ids of a project's new tools. */
    static List<Integer> tools(RequestSpecification as, int project) {
        return as.body(Map.of("project_id", project, "openapi_spec", Map.of("content", TWO_OPERATIONS)))
                .post("/api/api_collections").then().statusCode(200).extract().path("import_report.tools.id");
    }

    Equipped equip(String baseUrl) {
        JsonPath collection = deployment.importDocument(TWO_OPERATIONS);
        deployment.connect(collection.getInt("id"), baseUrl, Map.of());
        List<Integer> ids = collection.getList("import_report.tools.id");
        Published server = deployment.createServer();
        deployment.assign(server, ids);
        return new Equipped(server, ids.get(0), ids.get(1));
    }

    /** A server with a tool and a further token. */
    Write.Target target() {
        int tool = deployment.importDocument(TWO_OPERATIONS).getInt("import_report.tools[0].id");
        Published server = deployment.createServer();
        deployment.assign(server, List.of(tool));
        int token = body(Map.of("name", "Further")).post(SERVERS + "/" + server.handle() + "/tokens").then()
                .statusCode(200).extract().path("id");
        return new Write.Target(server.handle(), deployment.folder(), tool, token);
    }

    static Map<String, Object> reference(Object id) {
        return Map.of("trigger_application", "workato_api_platform", "id", id.toString());
    }

    ValidatableResponse assign(String handle, Object... references) {
        return body(Map.of("tools", references)).post(SERVERS + "/" + handle + "/assign_tools").then();
    }

    int group(String name) {
        return group(deployment.api(), name);
    }

    static int group(RequestSpecification as, String name) {
        return as.body(Map.of("name", unique(name))).post("/api/iam/user_groups").then().statusCode(200).extract()
                .path("id");
    }

    /** The status that a token gets at the gateway. */
    static int ping(String handle, String token) {
        return given().auth().oauth2(token).contentType(ContentType.JSON)
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").post("/mcp/" + handle).statusCode();
    }

    static JsonPath agentSees(Published server) {
        return Deployment.call(server, "tools/list", Map.of());
    }

    static List<String> toolNames(Published server) {
        return agentSees(server).getList("result.tools.name");
    }
}
