package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static io.gatehouse.contract.workato.ServersApi.agentSees;
import static io.gatehouse.contract.workato.ServersApi.reference;
import static io.gatehouse.contract.workato.ServersApi.toolNames;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.workato.ServersApi.Equipped;
import io.gatehouse.contract.workato.ServersApi.Place;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** The tools on a server, as they are managed and as agents see them. */
@QuarkusTest
class ServerToolsContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;

    private BackEnd backEnd;

    @BeforeEach
    void start() {
        backEnd = new BackEnd();
    }

    @AfterEach
    void stop() {
        backEnd.close();
    }

    private static String path(Equipped it, int tool) {
        return SERVERS + "/" + it.server().handle() + "/tools/" + tool;
    }

    private ValidatableResponse describe(Equipped it, int tool, String description) {
        return servers.body(Map.of("description", description)).put(path(it, tool)).then();
    }

    // W-45, W-46: the next listing has it, and no other server has
    @Test
    void describesAToolForOneServer() {
        Equipped it = servers.equip(backEnd.url());
        Published other = deployment.createServer();
        deployment.assign(other, List.of(it.first()));
        assertEquals("Reads a", agentSees(it.server()).getString("result.tools[0].description"));

        describe(it, it.first(), "Finds an a").statusCode(200).body("description", equalTo("Finds an a"))
                .body("id", equalTo(Integer.toString(it.first()))).body("name", equalTo("Reads a"));

        assertEquals("Finds an a", agentSees(it.server()).getString("result.tools[0].description"));
        assertEquals("Reads a", agentSees(other).getString("result.tools[0].description"));
        servers.get(it.server().handle(), "/tools?view=full").body("items[0].description", equalTo("Finds an a"))
                .body("items[0].original_description", equalTo("Reads a"));
        servers.body("{}").put(path(it, it.first())).then().statusCode(200).body("description", equalTo("Finds an a"));
        servers.body(Map.of("name", "other", "enabled", false)).put(path(it, it.first()) + "?view=full").then()
                .statusCode(200).body("name", equalTo("Reads a")).body("enabled", equalTo(true));
        describe(it, it.first(), "").statusCode(200).body("description", equalTo("Reads a"));
        assertEquals("Reads a", agentSees(it.server()).getString("result.tools[0].description"));
    }

    // W-7, W-45
    @ParameterizedTest
    @ValueSource(strings = { "{\"description\":7}", "{\"description\":[]}", "{\"description\":{}}",
            "{\"description\":true}", "{\"description\":\"a\\u0000\"}", "{\"description\":\"\\ud83d\"}",
            "{\"description\":\"LONG\"}" })
    void refusesDescriptionsThatAreNone(String body) {
        Equipped it = servers.equip(backEnd.url());

        servers.body(body.replace("LONG", "x".repeat(10_001))).put(path(it, it.first())).then().statusCode(400)
                .body("code", equalTo("validation_failed")).body("errors", hasKey("description"));
        servers.get(it.server().handle(), "/tools").body("items[0].description", equalTo("Reads a"));
    }

    @Test
    void warnsOfANameThatSomeClientsRefuse() {
        Equipped it = servers.equip(backEnd.url());

        servers.body(Map.of("tool_name", "x".repeat(40))).put(path(it, it.first()) + "?view=full").then().statusCode(200)
                .body("$", not(hasKey("warning")));
        servers.body(Map.of("tool_name", "x".repeat(41))).put(path(it, it.first()) + "?view=full").then().statusCode(200)
                .body("warning", containsString("41 characters"));
    }

    // W-47
    @Test
    void takesAToolFromAServer() {
        Equipped it = servers.equip(backEnd.url());

        deployment.api().delete(path(it, it.first())).then().statusCode(200).body("$", equalTo(Map.of("success", true)));

        assertEquals(List.of("same_2"), toolNames(it.server()));
        servers.get(it.server().handle(), "/tools").body("items.id", contains(Integer.toString(it.second())));
        deployment.api().delete(path(it, it.first())).then().statusCode(404).body("code", equalTo("not_found"));
        servers.assign(it.server().handle(), reference(it.first())).statusCode(200).body("items", hasSize(2));
        assertEquals(2, toolNames(it.server()).size());
    }

    // W-45, W-47, G-7
    @Test
    void knowsNoToolThatTheServerDoesNotHave() {
        Equipped it = servers.equip(backEnd.url());
        Published bare = deployment.createServer();
        for (String tool : List.of(Integer.toString(it.first()), "999999", "0", "-1", "x", "99999999999999999999",
                "1.0")) {
            String path = SERVERS + "/" + bare.handle() + "/tools/" + tool;
            servers.body(Map.of("description", "x")).put(path).then().statusCode(404).body("code", equalTo("not_found"));
            deployment.api().delete(path).then().statusCode(404);
            deployment.api().put(path + "/stop").then().statusCode(404);
            deployment.api().put(path + "/start").then().statusCode(404);
        }
        describe(it, 0, "x").statusCode(404);
    }

    // G-7: what is stopped is gone from this server at once, and from no other
    @Test
    void stopsAndStartsATool() {
        Equipped it = servers.equip(backEnd.url());
        Published other = deployment.createServer();
        deployment.assign(other, List.of(it.first()));
        assertEquals(List.of("same", "same_2"), toolNames(it.server()));

        for (int i = 0; i < 2; i++) {
            deployment.api().put(path(it, it.first()) + "/stop").then().statusCode(200).body("enabled", equalTo(false));
            assertEquals(List.of("same_2"), toolNames(it.server()));
        }
        assertEquals(List.of("same"), toolNames(other));
        servers.get(it.server().handle(), "/tools?view=full").body("items.enabled", contains(false, true));
        deployment.api().put(path(it, it.first()) + "/start").then().statusCode(200).body("enabled", equalTo(true));
        assertEquals(List.of("same", "same_2"), toolNames(it.server()));
    }

    // G-5: an endpoint that is switched off vanishes from the servers at once, and comes back
    @Test
    void showsAgentsOnlyEnabledEndpoints() {
        Equipped it = servers.equip(backEnd.url());
        assertEquals(List.of("same", "same_2"), toolNames(it.server()));

        deployment.api().put("/api/api_endpoints/" + it.first() + "/disable").then().statusCode(200).body("success",
                equalTo(true));
        assertEquals(List.of("same_2"), toolNames(it.server()));

        deployment.api().put("/api/api_endpoints/" + it.first() + "/enable").then().statusCode(200);
        assertEquals(List.of("same", "same_2"), toolNames(it.server()));
    }

    // G-5
    @Test
    void listsCollectionsByProject() {
        Place place = servers.place("Collections");
        List<Integer> tools = ServersApi.tools(deployment.api(), place.project());
        JsonPath mine = deployment.api().get("/api/api_collections?project_id=" + place.project()).jsonPath();

        assertEquals(List.of(place.project()), mine.getList("items.project_id"));
        deployment.api().get("/api/api_endpoints?api_collection_id=" + mine.getInt("items[0].id")).then().statusCode(200)
                .body("items.id", hasItem(tools.get(0))).body("items.findAll { it.incompatibility_reason }", hasSize(1));
        deployment.api().get("/api/api_collections?project_id=999999").then().statusCode(200).body("items", empty());
        deployment.api().get("/api/api_endpoints?api_collection_id=" + mine.getInt("items[0].id") + "&per_page=1").then()
                .body("next_page", equalTo(true)).body("items", not(empty()));
    }
}
