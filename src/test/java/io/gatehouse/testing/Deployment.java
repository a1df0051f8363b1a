package io.gatehouse.testing;

import static io.restassured.RestAssured.given;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.gatehouse.access.Workspaces;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The running application as its administrator uses it, through the Workato dialect. */
@Singleton
public class Deployment {

    private final Workspaces workspaces;
    private String token;
    private int folder;
    private int project;

    @Inject
    Deployment(Workspaces workspaces) {
        this.workspaces = workspaces;
        CompiledPaths.use();
    }

    /** A published server with the token that opens it. */
    public record Published(String handle, String token) {

        public Agent agent() {
            return new Agent("http://localhost:" + RestAssured.port + path(), token);
        }

        public String path() {
            return "/mcp/" + handle;
        }
    }

    public synchronized String token() {
        if (token == null) {
            try {
                token = VertxContextSupport.subscribeAndAwait(workspaces::createAdministrator);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
        return token;
    }

    /** A management request. */
    public RequestSpecification api() {
        return given().auth().oauth2(token()).contentType(ContentType.JSON);
    }

    /** The same in the name of another client. */
    public static RequestSpecification as(String token) {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    /** A new client with a role; the answer, with its token. */
    public JsonPath client(Object role, List<Integer> folders) {
        Map<String, Object> body = new HashMap<>(Map.of("name", "Client", "api_privilege_group_id", role));
        body.put("folder_ids", folders);
        return api().body(body).post("/api/developer_api_clients").then().statusCode(200).extract().jsonPath();
    }

    /** A role of its own with these privileges; its id. */
    public int role(String... privileges) {
        return api().body(Map.of("name", "Role", "privileges", privileges)).post("/api/developer_api_client_roles")
                .then().statusCode(200).extract().path("id");
    }

    /** The one that was there at first. */
    public synchronized int folder() {
        if (folder == 0) {
            folder = api().get("/api/folders").then().statusCode(200).extract().path("items[0].id");
        }
        return folder;
    }

    /** The one that was there at first. */
    public synchronized int project() {
        if (project == 0) {
            project = api().get("/api/projects").then().statusCode(200).extract().path("items[0].id");
        }
        return project;
    }

    /** Imports a document; the answer. */
    public JsonPath importDocument(String document) {
        return api().body(Map.of("name", "API", "project_id", project(), "openapi_spec", Map.of("content", document)))
                .post("/api/api_collections").then().statusCode(200).extract().jsonPath();
    }

    public void connect(int collection, String baseUrl, Map<String, String> input) {
        api().body(Map.of("name", "Connection", "api_collection_id", collection, "base_url", baseUrl, "input", input))
                .post("/api/connections").then().statusCode(200);
    }

    public Published createServer() {
        return published(Map.of("name", "Server", "folder_id", folder()));
    }

    /**
     * A server that stands for a third-party one.
     *
     * @param remote what it says of it beside its URL
     */
    public Published proxy(String url, Map<String, ?> remote) {
        Map<String, Object> all = new HashMap<>(Map.of("url", url, "change_policy", "serve"));
        all.putAll(remote);
        return published(Map.of("name", "Proxy", "folder_id", folder(), "server_type", "proxy", "remote", all));
    }

    private Published published(Map<String, ?> wish) {
        JsonPath server = api().body(wish).post("/api/mcp/mcp_servers").then().statusCode(200).extract().jsonPath();
        return new Published(server.getString("handle"), server.getString("mcp_url").replaceFirst(".*token=", ""));
    }

    public void assign(Published server, List<Integer> endpoints) {
        api().body(Map.of("tools", endpoints.stream()
                .map(id -> Map.of("trigger_application", "workato_api_platform", "id", Integer.toString(id))).toList()))
                .post("/api/mcp/mcp_servers/" + server.handle() + "/assign_tools").then().statusCode(200);
    }

    /** A document's operations as the tools of a new server. */
    public Published publish(String document, String baseUrl, Map<String, String> input) {
        JsonPath collection = importDocument(document);
        connect(collection.getInt("id"), baseUrl, input);
        Published server = createServer();
        assign(server, collection.getList("import_report.tools.id"));
        return server;
    }

    /** A legacy call; the answer. */
    public static JsonPath call(Published server, String method, Map<String, ?> params) {
        return given().auth().oauth2(server.token()).contentType(ContentType.JSON)
                .body(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params)).post(server.path())
                .then().statusCode(200).extract().jsonPath();
    }
}
