package io.gatehouse.contract.workato;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.Ledger.Entry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code /api/folders} and {@code /api/projects}. */
@QuarkusTest
class FoldersContractDbTest {

    private static final String FOLDERS = "/api/folders";

    @Inject
    Deployment deployment;
    @Inject
    Ledger ledger;

    private ValidatableResponse create(String name, Integer parent) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name));
        body.put("parent_id", parent);
        return deployment.api().body(body).post(FOLDERS).then();
    }

    private JsonPath created(String name, Integer parent) {
        return create(name, parent).statusCode(200).extract().jsonPath();
    }

    private ValidatableResponse delete(JsonPath folder) {
        return deployment.api().delete(FOLDERS + "/" + folder.getInt("id")).then();
    }

    private ValidatableResponse deleteProject(JsonPath own) {
        return deployment.api().delete("/api/projects/" + own.getInt("project_id")).then();
    }

    // G-4, P-30
    @Test
    void makesAProjectWithItsOwnFolder() {
        JsonPath own = create("Sales", null).statusCode(200).body("is_project", equalTo(true))
                .body("parent_id", nullValue()).body("created_at", notNullValue()).body("updated_at", notNullValue())
                .extract().jsonPath();

        deployment.api().get(FOLDERS + "/" + own.getInt("id")).then().statusCode(200).body("name", equalTo("Sales"));
        deployment.api().get("/api/projects").then().statusCode(200).body("items.id", hasItem(own.getInt("project_id")))
                .body("items.find { it.id == " + own.getInt("project_id") + " }.folder_id", equalTo(own.getInt("id")));
        Entry entry = ledger.last("project", own.getInt("project_id"));
        assertEquals("project.created", entry.action());
        assertEquals("workato", entry.source());
        assertTrue(entry.actor().matches("client:\\d+"), entry.actor());
        assertEquals("Sales", entry.changes().getString("name.after"));
    }

    // G-4, P-30
    @Test
    void makesRenamesAndDeletesAFolder() {
        JsonPath own = created("Parent", null);
        JsonPath folder = created("Child", own.getInt("id"));
        int id = folder.getInt("id");
        assertEquals(own.getInt("project_id"), folder.getInt("project_id"));
        assertEquals(false, folder.getBoolean("is_project"));

        deployment.api().body(Map.of("name", "Renamed", "description", "What for")).put(FOLDERS + "/" + id).then()
                .statusCode(200).body("name", equalTo("Renamed")).body("description", equalTo("What for"))
                .body("created_at", equalTo(folder.getString("created_at")))
                .body("updated_at", not(equalTo(folder.getString("updated_at"))));
        deployment.api().body(Map.of("description", "")).put(FOLDERS + "/" + id).then().statusCode(200)
                .body("name", equalTo("Renamed")).body("$", not(hasKey("description")));
        deployment.api().body("{}").put(FOLDERS + "/" + id).then().statusCode(200).body("name", equalTo("Renamed"));
        deployment.api().get(FOLDERS + "?parent_id=" + own.getInt("id")).then().body("items.id", contains(id));
        delete(folder).statusCode(200).body("success", equalTo(true));
        delete(folder).statusCode(404);

        assertEquals(List.of("folder.created", "folder.renamed", "folder.updated", "folder.deleted"),
                ledger.actions("folder", id));
        assertEquals("Child", ledger.entries("folder", id).get(1).changes().getString("name.before"));
    }

    @Test
    void namesTheProjectByItsOwnFolder() {
        JsonPath own = created("Before", null);

        deployment.api().body(Map.of("name", "After")).put(FOLDERS + "/" + own.getInt("id")).then().statusCode(200);

        deployment.api().get("/api/projects").then().body("items.find { it.id == " + own.getInt("project_id") + " }.name",
                equalTo("After"));
        assertEquals(List.of("project.created", "project.renamed"),
                ledger.actions("project", own.getInt("project_id")));
        delete(own).statusCode(400).body("code", equalTo("project_folder"));
        deleteProject(own).statusCode(200).body("success", equalTo(true));
        deleteProject(own).statusCode(404);
        deployment.api().get(FOLDERS + "/" + own.getInt("id")).then().statusCode(404);
        assertEquals("project.deleted", ledger.last("project", own.getInt("project_id")).action());
    }

    @Test
    void deletesNothingThatStillHoldsAServer() {
        JsonPath own = created("Full", null);
        JsonPath outer = created("Outer", own.getInt("id"));
        JsonPath inner = created("Inner", outer.getInt("id"));
        deployment.api().body(Map.of("name", "S", "folder_id", inner.getInt("id"))).post("/api/mcp/mcp_servers").then()
                .statusCode(200);

        delete(outer).statusCode(409).body("code", equalTo("folder_not_empty")).body("message", notNullValue());
        delete(inner).statusCode(409);
        deleteProject(own).statusCode(409).body("code", equalTo("project_not_empty"));

        deployment.api().get(FOLDERS + "?parent_id=" + outer.getInt("id")).then().body("items", hasSize(1));
        assertEquals(List.of("folder.created"), ledger.actions("folder", outer.getInt("id")));
    }

    @Test
    void deletesNoProjectThatHoldsAConnection() {
        JsonPath own = created("Connected", null);
        deployment.api().body(Map.of("name", "c", "project_id", own.getInt("project_id"))).post("/api/connections")
                .then().statusCode(200);

        deleteProject(own).statusCode(409).body("code", equalTo("project_not_empty"));
    }

    @Test
    void deletesEmptyFoldersBelow() {
        JsonPath own = created("Tree", null);
        JsonPath outer = created("Outer", own.getInt("id"));
        JsonPath inner = created("Inner", outer.getInt("id"));

        delete(outer).statusCode(200);

        deployment.api().get(FOLDERS + "/" + inner.getInt("id")).then().statusCode(404);
        assertEquals("folder.deleted", ledger.last("folder", inner.getInt("id")).action());
    }

    @Test
    void boundsTheDepthOfFolders() {
        int parent = created("Deep", null).getInt("id");
        for (int depth = 2; depth <= 20; depth++) {
            parent = created("d" + depth, parent).getInt("id");
        }

        create("too deep", parent).statusCode(400).body("errors", hasKey("parent_id"));
    }

    // D-13, W-5, W-7
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}|name", "{\"name\":\"\\t \"}|name", "{\"name\":7}|name",
            "{\"name\":[\"x\"]}|name", "{\"name\":\"a\\u0000b\"}|name", "{\"name\":\"a\\ud800b\"}|name",
            "{\"name\":\"x\",\"description\":\"\\udc00\"}|description",
            "{\"name\":\"x\",\"parent_id\":999999}|parent_id", "{\"name\":\"x\",\"parent_id\":\"999999\"}|parent_id",
            "{\"name\":\"x\",\"parent_id\":-1}|parent_id", "{\"name\":\"x\",\"parent_id\":1.5}|parent_id",
            "{\"name\":\"x\",\"parent_id\":true}|parent_id", "{\"name\":\"x\",\"parent_id\":{}}|parent_id",
            "{\"name\":\"x\",\"parent_id\":\"\"}|parent_id",
            "{\"name\":\"x\",\"parent_id\":99999999999999999999}|parent_id",
            "{\"name\":\"x\",\"parent_id\":\"99999999999999999999\"}|parent_id" })
    void namesTheFieldThatIsWrong(String body, String field) {
        deployment.api().body(body).post(FOLDERS).then().statusCode(400).body("code", equalTo("validation_failed"))
                .body("errors", hasKey(field));
    }

    @Test
    void boundsNamesAndDescriptions() {
        create("n".repeat(301), null).statusCode(400).body("errors", hasKey("name"));
        int id = created("n".repeat(300), null).getInt("id");
        deployment.api().body(Map.of("description", "d".repeat(1001))).put(FOLDERS + "/" + id).then().statusCode(400)
                .body("errors", hasKey("description"));
        deployment.api().body(Map.of("name", " ")).put(FOLDERS + "/" + id).then().statusCode(400)
                .body("errors", hasKey("name"));
    }

    // W-4, W-7
    @ParameterizedTest
    @ValueSource(strings = { "", "[]", "null", "{", "7" })
    void refusesWhatIsNoJsonObject(String body) {
        deployment.api().body(body).post(FOLDERS).then().statusCode(400).body("code", notNullValue()).body("message",
                notNullValue());
        deployment.api().body(body).put(FOLDERS + "/" + deployment.folder()).then().statusCode(400)
                .body("code", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = { "999999", "-1", "x", "1.5", "99999999999999999999", "%00" })
    void knowsNoSuchFolder(String id) {
        deployment.api().get(FOLDERS + "/" + id).then().statusCode(404).body("code", equalTo("not_found"));
        deployment.api().body("{}").put(FOLDERS + "/" + id).then().statusCode(404);
        deployment.api().delete(FOLDERS + "/" + id).then().statusCode(404);
        deployment.api().delete("/api/projects/" + id).then().statusCode(404).body("code", equalTo("not_found"));
    }

    // W-12, W-15, W-16
    @Test
    void pages() {
        deployment.api().get(FOLDERS + "?page=1000000").then().statusCode(200).body("items", empty())
                .body("next_page", equalTo(false));
        for (String query : List.of("page=0", "page=99999999999999999999", "per_page=101", "page=x", "parent_id=x")) {
            deployment.api().get(FOLDERS + "?" + query).then().statusCode(400).body("code",
                    equalTo("validation_failed"));
        }
        deployment.api().get(FOLDERS + "?parent_id=999999").then().statusCode(200).body("items", empty());
    }

    // W-60
    @Test
    void knowsNoOtherMethods() {
        deployment.api().patch(FOLDERS).then().statusCode(405).body("code", equalTo("method_not_allowed"));
    }

    @Test
    void settlesRacesBetweenFillingAndDeleting() {
        for (int round = 0; round < 6; round++) {
            JsonPath own = created("Raced", null);
            JsonPath folder = created("Raced", own.getInt("id"));
            int id = folder.getInt("id");

            List<Integer> answers = AtOnce.all(List.of(
                    () -> create("below", id).extract().statusCode(),
                    () -> deployment.api().body(Map.of("name", "S", "folder_id", id))
                            .post("/api/mcp/mcp_servers").statusCode(),
                    () -> delete(folder).extract().statusCode(),
                    () -> deleteProject(own).extract().statusCode(),
                    () -> deployment.api().body(Map.of("name", "New")).put(FOLDERS + "/" + own.getInt("id"))
                            .statusCode()));

            Set<Integer> seen = new TreeSet<>(answers);
            assertTrue(Set.of(200, 400, 404, 409).containsAll(seen), seen.toString());
        }
    }
}
