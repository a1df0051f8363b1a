package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static io.gatehouse.contract.workato.ServersApi.ping;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.gatehouse.contract.workato.ServersApi.Equipped;
import io.gatehouse.contract.workato.ServersApi.Place;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** What becomes of a server after it was made: update and move. */
@QuarkusTest
class ServerLifeContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;
    @Inject
    Ledger ledger;
    @Inject
    AgroalDataSource database;

    private JsonPath read(String handle) {
        return servers.get(handle, "?view=full").statusCode(200).extract().jsonPath();
    }

    // W-34, W-35
    @Test
    void updatesWhatItIsTold() {
        Place place = servers.place("Updated");
        JsonPath before = servers.create(Map.of("name", "Before", "folder_id", deployment.folder(), "description", "kept"))
                .extract().jsonPath();
        String handle = before.getString("handle");

        JsonPath after = servers.body(Map.of("name", " After ", "folder_id", place.folder())).put(SERVERS + "/" + handle)
                .then().statusCode(200).body("handle", equalTo(handle)).body("name", equalTo("After"))
                .body("folder_id", equalTo(place.folder())).body("authentication_method", equalTo("token"))
                .body("created_at", equalTo(before.getString("created_at"))).extract().jsonPath();

        assertTrue(Instant.parse(after.getString("updated_at")).isAfter(Instant.parse(before.getString("updated_at"))));
        Map<String, Object> read = read(handle).getMap("");
        assertEquals("kept", read.get("description"));
        assertEquals(place.project(), read.get("project_id"));
        after.getMap("").forEach((field, value) -> assertEquals(value, read.get(field)));
    }

    // W-35: even where nothing is different
    @Test
    void notesEveryUpdate() {
        String handle = servers.create("Same", deployment.folder());
        List<Instant> times = new ArrayList<>(List.of(Instant.parse(read(handle).getString("updated_at"))));

        for (int i = 0; i < 5; i++) {
            times.add(Instant.parse(servers.body(servers.named("Same")).put(SERVERS + "/" + handle).then()
                    .statusCode(200).extract().path("updated_at")));
        }

        assertEquals(times.stream().sorted().distinct().toList(), times);
    }

    // W-34: name and folder are required still
    @Test
    void refusesPartsOfAServer() {
        String handle = servers.create("Whole", deployment.folder());

        servers.body(Map.of("name", "x")).put(SERVERS + "/" + handle).then().statusCode(400).body("errors",
                hasKey("folder_id"));
        servers.body(Map.of("folder_id", deployment.folder())).put(SERVERS + "/" + handle).then().statusCode(400)
                .body("errors", hasKey("name"));
        servers.body(Map.of("name", "x", "folder_id", 999_999)).put(SERVERS + "/" + handle).then().statusCode(400)
                .body("errors", hasKey("folder_id"));
        servers.body(servers.named("x")).put(SERVERS + "/nope").then().statusCode(404);
        assertEquals("Whole", read(handle).getString("name"));
    }

    // W-34
    @Test
    void clearsADescriptionByAnEmptyOne() {
        Map<String, Object> body = servers.named("Described");
        body.put("description", "Something");
        String handle = servers.create(body).extract().path("handle");

        body.put("description", "");
        servers.body(body).put(SERVERS + "/" + handle + "?view=full").then().statusCode(200).body("description",
                nullValue());
    }

    // W-34: tools, groups and policies are none of its business
    @Test
    void leavesEverythingElseAsItIs() {
        try (BackEnd backEnd = new BackEnd()) {
            Equipped it = servers.equip(backEnd.url());
            String path = SERVERS + "/" + it.server().handle();
            int group = servers.group("Kept");
            servers.body(Map.of("user_group_ids", List.of(group))).post(path + "/assign_user_groups").then().statusCode(200);
            servers.body(Map.of("ip_denylist", List.of("10.0.0.1"))).put(path + "/server_policies").then().statusCode(200);
            servers.body(Map.of("description", "Mine")).put(path + "/tools/" + it.first()).then().statusCode(200);

            servers.body(servers.named("Renamed")).put(path).then().statusCode(200);

            deployment.api().get(path + "/user_groups").then().body("items.id", contains(group));
            deployment.api().get(path + "/server_policies").then().body("ip_denylist", contains("10.0.0.1"));
            deployment.api().get(path + "/tools").then().body("items", hasSize(2)).body("items[0].description",
                    equalTo("Mine"));
            assertEquals(200, ping(it.server().handle(), it.server().token()));
        }
    }

    // W-52
    @Test
    void movesToAnotherFolder() {
        Place place = servers.place("Moved");
        JsonPath made = servers.create(servers.named("Moving")).extract().jsonPath();
        String path = SERVERS + "/" + made.getString("handle") + "/update_folder";

        servers.body(Map.of("folder_id", place.folder())).put(path).then().statusCode(200)
                .body("folder_id", equalTo(place.folder())).body("name", equalTo("Moving"))
                .body("handle", equalTo(made.getString("handle"))).body("updated_at", not(made.getString("updated_at")));
        servers.list("folder_id=" + place.folder()).body("items.handle", contains(made.getString("handle")));
        for (String wrong : List.of("{}", "{\"folder_id\":null}", "{\"folder_id\":999999}", "{\"folder_id\":\"x\"}",
                "{\"folder_id\":1.5}", "{\"folder_id\":99999999999999999999}", "{\"folder_id\":[1]}")) {
            servers.body(wrong).put(path).then().statusCode(400).body("code", equalTo("validation_failed"))
                    .body("errors", hasKey("folder_id"));
        }
        servers.body(Map.of("folder_id", place.folder())).put(SERVERS + "/nope/update_folder").then().statusCode(404);
        assertEquals(place.folder(), read(made.getString("handle")).getInt("folder_id"));
    }

    // W-42, W-52: by either way, and with tools within its project only
    @Test
    void staysInTheProjectOfItsTools() {
        try (BackEnd backEnd = new BackEnd()) {
            Equipped it = servers.equip(backEnd.url());
            String path = SERVERS + "/" + it.server().handle();
            Place elsewhere = servers.place("Elsewhere");
            int below = servers.body(Map.of("name", "Below", "parent_id", deployment.folder())).post("/api/folders")
                    .path("id");

            servers.body(Map.of("folder_id", elsewhere.folder())).put(path + "/update_folder").then().statusCode(400)
                    .body("errors", hasKey("folder_id"));
            servers.body(Map.of("folder_id", elsewhere.folder(), "name", "x")).put(path).then().statusCode(400)
                    .body("errors", hasKey("folder_id"));
            servers.body(Map.of("folder_id", below)).put(path + "/update_folder").then().statusCode(200)
                    .body("folder_id", equalTo(below));
            for (int tool : List.of(it.first(), it.second())) {
                deployment.api().delete(path + "/tools/" + tool).then().statusCode(200);
            }
            servers.body(Map.of("folder_id", elsewhere.folder())).put(path + "/update_folder").then().statusCode(200);
            servers.assign(it.server().handle(), ServersApi.reference(it.first())).statusCode(400).body("errors",
                    hasKey("tools.0"));
        }
    }
}
