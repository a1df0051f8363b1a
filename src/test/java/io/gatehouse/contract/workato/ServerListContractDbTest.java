package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static io.gatehouse.contract.workato.ServersApi.unique;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.workato.ServersApi.Place;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** {@code GET /api/mcp/mcp_servers}: pages, filters, search. */
@QuarkusTest
class ServerListContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;
    @Inject
    Ledger ledger;
    @Inject
    OtherWorkspace others;

    // W-12, W-13, W-14, W-16
    @Test
    void pagesThroughAList() {
        for (int i = 0; i < 3; i++) {
            servers.create("paged-page-" + i, deployment.folder());
        }

        JsonPath first = servers.list("search=paged-page&per_page=2").extract().jsonPath();
        JsonPath second = servers.list("search=paged-page&per_page=2&page=2").extract().jsonPath();
        assertEquals(List.of("paged-page-0", "paged-page-1"), first.getList("items.name"));
        assertEquals(Map.of("next_page", true), without(first, "items"));
        assertEquals(List.of("paged-page-2"), second.getList("items.name"));
        assertEquals(Map.of("next_page", false), without(second, "items"));
        servers.list("search=paged-page&page=9").body("items", empty()).body("next_page", equalTo(false));
        servers.list("search=paged-page&page=3&per_page=1").body("items", hasSize(1)).body("next_page", equalTo(false));
    }

    private static Map<String, Object> without(JsonPath answer, String field) {
        Map<String, Object> rest = answer.getMap("");
        rest.remove(field);
        return rest;
    }

    // W-16
    @Test
    void showsAnEmptyPageOfAnEmptyWorkspace() {
        String token = others.administrator(others.create());

        for (String path : List.of(SERVERS, "/api/mcp/user_groups", "/api/mcp/available_tools")) {
            Deployment.as(token).get(path).then().statusCode(200).body("items", empty()).body("next_page",
                    equalTo(false));
        }
    }

    // W-12
    @Test
    void shows100WhereNobodySaysHowMany() {
        Place place = servers.place("Hundred");
        for (int i = 0; i < 101; i++) {
            servers.create("h", place.folder());
        }

        String here = "folder_id=" + place.folder();
        servers.list(here).body("items", hasSize(100)).body("next_page", equalTo(true));
        servers.list(here + "&page=2").body("items", hasSize(1)).body("next_page", equalTo(false));
        servers.list(here + "&per_page=100").body("items", hasSize(100));
    }

    // W-17: though all are of one moment, and though some change between the pages
    @Test
    void neitherRepeatsNorSkips() {
        Place place = servers.place("Stable");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(servers.create("stable", place.folder()));
        }
        ledger.update("update mcp_server set created_at = '2026-01-01' where folder_id = ?", (long) place.folder());

        List<String> seen = new ArrayList<>();
        for (int page = 1; page <= 4; page++) {
            seen.addAll(servers.list("folder_id=" + place.folder() + "&per_page=2&page=" + page).extract()
                    .path("items.handle"));
            servers.body(Map.of("name", "changed " + page, "folder_id", place.folder()))
                    .put(SERVERS + "/" + made.get(page)).then().statusCode(200);
        }

        assertEquals(made, seen);
    }

    // W-15, W-5
    @ParameterizedTest
    @CsvSource({ "page=0,page", "page=-1,page", "page=x,page", "page=1.0,page", "page=99999999999999999999,page",
            "page=2147483647,page", "page=%20,page", "per_page=0,per_page", "per_page=101,per_page",
            "per_page=1.5,per_page", "per_page=-5,per_page", "project_id=x,project_id", "folder_id=1e3,folder_id",
            "folder_id=99999999999999999999,folder_id", "vua_required=maybe,vua_required", "vua_required=1,vua_required" })
    void refusesQueriesOutOfRange(String query, String field) {
        deployment.api().urlEncodingEnabled(false).get(SERVERS + "?" + query).then().statusCode(400)
                .body("code", equalTo("validation_failed")).body("errors", hasKey(field));
    }

    // W-15
    @ParameterizedTest
    @ValueSource(strings = { "/tools", "/tokens" })
    void refusesPagesOutOfRangeBelowAServer(String path) {
        String handle = deployment.createServer().handle();

        for (String query : List.of("page=0", "page=x", "per_page=101", "per_page=0")) {
            servers.get(handle, path + "?" + query).statusCode(400).body("code", equalTo("validation_failed"));
        }
    }

    // W-8
    @Test
    void ignoresParametersThatItDoesNotKnow() {
        String name = unique("Known");
        servers.create(name, deployment.folder());

        deployment.api().queryParams(Map.of("search", name, "sort", "name", "filter[x]", "y")).get(SERVERS).then()
                .statusCode(200).body("items.name", contains(name));
    }

    // W-24, W-25, W-27
    @Test
    void filtersByAllThatIsAsked() {
        String name = unique("filtered");
        servers.create(name, deployment.folder());
        String search = "search=" + name;

        servers.list(search + "&folder_id=" + deployment.folder() + "&project_id=" + deployment.project()
                + "&authentication_method=token&vua_required=false").body("items", hasSize(1));
        servers.list(search + "&authentication_method=hashed_token").body("items", hasSize(1));
        for (String nothing : List.of("folder_id=999999", "project_id=999999", "authentication_method=sso",
                "authentication_method=magic", "vua_required=true", "folder_id=-1",
                "folder_id=" + deployment.folder() + "&project_id=999999")) {
            servers.list(search + "&" + nothing).body("items", empty()).body("next_page", equalTo(false));
        }
        servers.list("search=&per_page=1").body("items", hasSize(1));
        servers.list(search + "&folder_id=&project_id=&authentication_method=&vua_required=&page=&per_page=")
                .body("items", hasSize(1));
    }

    // W-25: a folder is that folder only, a project all of its folders
    @Test
    void tellsFoldersFromProjects() {
        Place place = servers.place("Filter");
        int below = servers.body(Map.of("name", "Below", "parent_id", place.folder())).post("/api/folders").path("id");
        String above = servers.create("above", place.folder());
        String deeper = servers.create("deeper", below);

        servers.list("folder_id=" + place.folder()).body("items.handle", contains(above));
        servers.list("folder_id=" + below).body("items.handle", contains(deeper));
        servers.list("project_id=" + place.project()).body("items.handle", contains(above, deeper));
        servers.list("project_id=" + place.project() + "&folder_id=" + below + "&search=DEEP")
                .body("items.handle", contains(deeper));
        servers.list("project_id=" + place.project() + "&folder_id=" + below + "&search=above").body("items", empty());
    }

    // W-22, W-24
    @Test
    void filtersByTheWayIn() {
        Place place = servers.place("Ways");
        for (String method : List.of("token", "workato_idp", "sso")) {
            servers.create(Map.of("name", method, "folder_id", place.folder(), "authentication_method", method))
                    .statusCode(200);
        }

        for (String method : List.of("token", "workato_idp", "sso")) {
            servers.list("folder_id=" + place.folder() + "&authentication_method=" + method).body("items.name",
                    contains(method));
        }
    }

    // W-26
    @Test
    void findsTheExactNameFirst() {
        for (String name : List.of("a zebra%_x", "Zebra%_X more", "b zebra%_x", "zebra%_x", "ZEBRA%_X", "zebra other")) {
            servers.create(name, deployment.folder());
        }

        deployment.api().queryParam("search", "zEBRA%_X").get(SERVERS).then().statusCode(200).body("items.name",
                contains("zebra%_x", "ZEBRA%_X", "Zebra%_X more", "a zebra%_x", "b zebra%_x"));
        deployment.api().queryParams(Map.of("search", "zebra%_x", "per_page", 1)).get(SERVERS).then()
                .body("items.name", contains("zebra%_x"));
    }

    // W-26
    @Test
    void searchesTextsOfAnyKind() {
        String umlaut = unique("Ärger \\ 'x' \"y\"");
        servers.create(umlaut, deployment.folder());

        deployment.api().queryParam("search", umlaut.toUpperCase(java.util.Locale.ROOT)).get(SERVERS).then()
                .statusCode(200).body("items.name", contains(umlaut));
        deployment.api().queryParam("search", "x".repeat(301)).get(SERVERS).then().statusCode(400).body("errors",
                hasKey("search"));
    }

    // G-6
    @Test
    void listsTheToolsThatServersCanOffer() {
        Place place = servers.place("Catalogue");
        List<Integer> ids = ServersApi.tools(deployment.api(), place.project());
        int other = deployment.importDocument(ServersApi.TWO_OPERATIONS).getInt("import_report.tools[0].id");
        String here = "/api/mcp/available_tools?folder_id=" + place.folder();

        deployment.api().get(here).then().statusCode(200).body("next_page", equalTo(false))
                .body("items.id", contains(ids.get(0).toString(), ids.get(1).toString()))
                .body("items.id", not(hasItem(Integer.toString(other))))
                .body("items[0].trigger_application", equalTo("workato_api_platform"))
                .body("items[0].name", equalTo("Reads a")).body("items[0].tool_name", equalTo("same"));
        deployment.api().get(here + "&search=READS").then().body("items.name", contains("Reads a"));
        deployment.api().get(here + "&search=SAME").then().body("items.id", containsInAnyOrder(ids.get(0).toString(),
                ids.get(1).toString()));
        deployment.api().get(here + "&search=%25").then().body("items", empty());
        deployment.api().get(here + "&per_page=1").then().body("items", hasSize(1)).body("next_page", equalTo(true));
        deployment.api().get("/api/mcp/available_tools?page=0").then().statusCode(400);
    }
}
