package io.gatehouse.contract.workato;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.testing.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;

/** What a client sees that is kept to one project. */
@QuarkusTest
class ScopesContractDbTest {

    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            paths: {/a: {get: {}}}
            """;

    @Inject
    Deployment deployment;

    private JsonPath own;
    private JsonPath foreign;
    private String token;

    /** A project with a collection and a connection. */
    private record Furnished(int collection, int endpoint, int connection) {
    }

    @BeforeEach
    void keepAClientToOneProject() {
        own = deployment.api().body("{\"name\":\"Own\"}").post("/api/folders").jsonPath();
        foreign = deployment.api().body("{\"name\":\"Foreign\"}").post("/api/folders").jsonPath();
        token = deployment.client(1, List.of(own.getInt("id"))).getString("token");
    }

    private RequestSpecification scoped() {
        return Deployment.as(token);
    }

    private Map<String, Object> document(JsonPath project) {
        return Map.of("project_id", project.getInt("project_id"), "openapi_spec", Map.of("content", DOCUMENT));
    }

    private Furnished furnish(JsonPath project) {
        JsonPath collection = deployment.api().body(document(project)).post("/api/api_collections").jsonPath();
        int connection = deployment.api().body(Map.of("name", "c", "project_id", project.getInt("project_id")))
                .post("/api/connections").path("id");
        return new Furnished(collection.getInt("id"), collection.getInt("import_report.tools[0].id"), connection);
    }

    // W-10, W-11
    @Test
    void seesOnlyItsProjectsAndFolders() {
        int outside = foreign.getInt("id");

        scoped().get("/api/projects").then().statusCode(200).body("items.id", contains(own.getInt("project_id")));
        scoped().get("/api/folders").then().statusCode(200).body("items.id", contains(own.getInt("id")));
        scoped().get("/api/folders?parent_id=" + outside).then().statusCode(200).body("items", empty());
        scoped().get("/api/folders/" + outside).then().statusCode(404);
        scoped().body(Map.of("name", "x")).put("/api/folders/" + outside).then().statusCode(404);
        scoped().delete("/api/folders/" + outside).then().statusCode(404);
        scoped().delete("/api/projects/" + foreign.getInt("project_id")).then().statusCode(404);
        scoped().body(Map.of("name", "x", "parent_id", outside)).post("/api/folders").then().statusCode(400)
                .body("errors", hasKey("parent_id"));
        scoped().body(Map.of("name", "x")).post("/api/folders").then().statusCode(403).body("code",
                equalTo("forbidden"));
        scoped().body(Map.of("name", "x", "parent_id", own.getInt("id"))).post("/api/folders").then().statusCode(200);
        scoped().body(Map.of("name", "x", "folder_id", outside)).post("/api/mcp/mcp_servers").then().statusCode(400)
                .body("errors", hasKey("folder_id"));
    }

    // W-10, W-11
    @Test
    void seesOnlyTheToolsOfItsProjects() {
        Furnished inside = furnish(own);
        Furnished outside = furnish(foreign);

        scoped().get("/api/api_collections").then().statusCode(200).body("items.id", contains(inside.collection()));
        scoped().get("/api/api_collections?project_id=" + foreign.getInt("project_id")).then().body("items", empty());
        scoped().get("/api/api_endpoints").then().statusCode(200).body("items.id", contains(inside.endpoint()));
        scoped().get("/api/api_endpoints?api_collection_id=" + outside.collection()).then().body("items", empty());
        scoped().put("/api/api_endpoints/" + outside.endpoint() + "/disable").then().statusCode(404);
        scoped().put("/api/api_endpoints/" + inside.endpoint() + "/disable").then().statusCode(200);
        scoped().body(document(foreign)).post("/api/api_collections").then().statusCode(400).body("errors",
                hasKey("project_id"));
        scoped().body(document(own)).post("/api/api_collections").then().statusCode(200);
        deployment.api().get("/api/api_endpoints?api_collection_id=" + outside.collection()).then().body("items.active",
                everyItem(equalTo(true)));
    }

    // W-10, W-11
    @Test
    void seesOnlyTheConnectionsOfItsProjects() {
        Furnished inside = furnish(own);
        Furnished outside = furnish(foreign);

        scoped().get("/api/connections").then().statusCode(200).body("items.id", contains(inside.connection()));
        scoped().body(Map.of("name", "c", "project_id", foreign.getInt("project_id"))).post("/api/connections").then()
                .statusCode(400).body("errors", hasKey("project_id"));
        scoped().body(Map.of("name", "c", "api_collection_id", outside.collection())).post("/api/connections").then()
                .statusCode(400).body("errors", hasKey("api_collection_id"));
        scoped().body(Map.of("project_id", own.getInt("project_id"), "connection_id", outside.connection(),
                "openapi_spec", Map.of("content", DOCUMENT))).post("/api/api_collections").then().statusCode(400)
                .body("errors", hasKey("connection_id"));
        scoped().body(Map.of("name", "c", "api_collection_id", inside.collection())).post("/api/connections").then()
                .statusCode(200);
    }

    // W-11
    @Test
    void seesNothingOnceItsProjectIsGone() {
        scoped().delete("/api/projects/" + own.getInt("project_id")).then().statusCode(200);

        scoped().get("/api/users/me").then().statusCode(200).body("all_folders", equalTo(false)).body("folder_ids",
                empty());
        for (String path : List.of("/api/projects", "/api/folders", "/api/api_collections", "/api/api_endpoints",
                "/api/connections")) {
            scoped().get(path).then().statusCode(200).body("items", empty());
        }
        deployment.api().get("/api/projects").then().body("items.id", hasItem(foreign.getInt("project_id")))
                .body("items.id", not(hasItem(own.getInt("project_id")))).body("items", not(hasSize(0)));
    }
}
