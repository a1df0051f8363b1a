package io.gatehouse.contract.workato;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.Ledger.Entry;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code /api/developer_api_clients}, their roles, and {@code /api/users/me}. */
@QuarkusTest
class ClientsContractDbTest {

    private static final String CLIENTS = "/api/developer_api_clients";
    private static final String ROLES = "/api/developer_api_client_roles";
    private static final int ADMINISTRATOR = 1;
    private static final int VIEWER = 3;

    @Inject
    Deployment deployment;
    @Inject
    OtherWorkspace others;
    @Inject
    Ledger ledger;

    private static int me(String token) {
        return Deployment.as(token).get("/api/users/me").statusCode();
    }

    private ValidatableResponse update(Object id, Map<String, ?> body) {
        return deployment.api().body(body).put(CLIENTS + "/" + id).then();
    }

    // G-2, W-2, W-9
    @Test
    void showsATokenOnce() {
        JsonPath client = deployment.client(VIEWER, null);
        int id = client.getInt("id");

        deployment.api().get(CLIENTS + "/" + id).then().statusCode(200).body("name", equalTo("Client"))
                .body("api_privilege_group_id", equalTo(VIEWER)).body("all_folders", equalTo(true))
                .body("$", not(hasKey("token"))).body("$", not(hasKey("folder_ids"))).body("ip_allow_list", empty())
                .body("created_at", equalTo(client.getString("created_at")));
        String list = deployment.api().get(CLIENTS).then().statusCode(200).body("items.id", hasItem(id))
                .body("next_page", equalTo(false)).extract().asString();
        assertFalse(list.contains("token"));
        assertEquals(200, me(client.getString("token")));
    }

    // G-1
    @Test
    void tellsWhoAsks() {
        JsonPath client = deployment.client(VIEWER, List.of(deployment.folder()));

        Deployment.as(client.getString("token")).get("/api/users/me").then().statusCode(200)
                .body("id", equalTo(client.getInt("id"))).body("name", equalTo("Client"))
                .body("workspace.id", notNullValue()).body("workspace.name", equalTo("Default workspace"))
                .body("role", equalTo("Viewer")).body("privileges", hasItems("view_servers", "view_users"))
                .body("privileges", not(hasItem("edit_servers"))).body("all_folders", equalTo(false))
                .body("folder_ids", contains(deployment.folder())).body("created_at", notNullValue());
    }

    // W-10, P-29
    @ParameterizedTest
    @CsvSource({ "POST,/api/folders", "PUT,/api/folders/1", "DELETE,/api/folders/1", "DELETE,/api/projects/1",
            "POST,/api/developer_api_clients", "GET,/api/developer_api_clients", "GET,/api/developer_api_clients/1",
            "PUT,/api/developer_api_clients/1", "DELETE,/api/developer_api_clients/1",
            "POST,/api/developer_api_clients/1/regenerate", "GET,/api/developer_api_client_roles",
            "POST,/api/developer_api_client_roles", "PUT,/api/developer_api_client_roles/1",
            "DELETE,/api/developer_api_client_roles/1", "PUT,/api/api_endpoints/1/enable",
            "PUT,/api/api_endpoints/1/disable" })
    void keepsAClientToItsRole(String method, String path) {
        String viewer = deployment.client(VIEWER, null).getString("token");

        Deployment.as(viewer).body(Map.of("name", "x", "api_privilege_group_id", VIEWER, "privileges", List.of()))
                .request(method, path).then().statusCode(403).body("code", equalTo("forbidden")).body("message",
                        notNullValue());
    }

    // W-10
    @ParameterizedTest
    @ValueSource(strings = { "/api/mcp/mcp_servers", "/api/folders", "/api/projects", "/api/api_collections",
            "/api/api_endpoints", "/api/connections", "/api/developer_api_clients" })
    void letsNothingBeReadWithoutAPrivilege(String path) {
        String nobody = deployment.client(deployment.role(), null).getString("token");

        Deployment.as(nobody).get(path).then().statusCode(403).body("code", equalTo("forbidden"));
        assertEquals(200, me(nobody));
    }

    // G-2
    @Test
    void changesWhatAClientMayDoAtOnce() {
        JsonPath client = deployment.client(VIEWER, null);
        int id = client.getInt("id");
        String token = client.getString("token");

        update(id, Map.of("api_privilege_group_id", "2", "name", "Renamed")).statusCode(200)
                .body("name", equalTo("Renamed")).body("api_privilege_group_id", equalTo(2));
        Deployment.as(token).get("/api/users/me").then().body("role", equalTo("Server manager"));
        update(id, Map.of("role_id", VIEWER, "description", "For reports")).statusCode(200)
                .body("description", equalTo("For reports")).body("api_privilege_group_id", equalTo(VIEWER));
        update(id, Map.of()).statusCode(200).body("name", equalTo("Renamed"));

        assertEquals(List.of("api_client.created", "api_client.renamed", "api_client.updated"),
                ledger.actions("api_client", id));
        assertEquals("Viewer", ledger.last("api_client", id).changes().getString("role.after"));
    }

    // G-2, P-32
    @Test
    void regeneratesATokenAtOnce() {
        JsonPath client = deployment.client(VIEWER, null);
        int id = client.getInt("id");

        String fresh = deployment.api().post(CLIENTS + "/" + id + "/regenerate").then().statusCode(200)
                .body("id", equalTo(id)).extract().path("token");

        assertEquals(401, me(client.getString("token")));
        assertEquals(200, me(fresh));
        Entry entry = ledger.last("api_client", id);
        assertEquals("api_client.token_regenerated", entry.action());
        assertEquals(Map.of("token", Map.of("before", "******", "after", "******")), entry.changes().getMap("$"));
    }

    // G-2
    @Test
    void refusesADeletedClientAtOnce() {
        JsonPath client = deployment.client(VIEWER, null);
        int id = client.getInt("id");

        deployment.api().delete(CLIENTS + "/" + id).then().statusCode(200).body("success", equalTo(true));

        assertEquals(401, me(client.getString("token")));
        deployment.api().get(CLIENTS + "/" + id).then().statusCode(404);
        deployment.api().delete(CLIENTS + "/" + id).then().statusCode(404).body("code", equalTo("not_found"));
        deployment.api().post(CLIENTS + "/" + id + "/regenerate").then().statusCode(404);
        deployment.api().get(CLIENTS).then().body("items.id", not(hasItem(id)));
        assertEquals("api_client.deleted", ledger.last("api_client", id).action());
    }

    @Test
    void refusesARevokedOrExpiredClient() {
        JsonPath client = deployment.client(VIEWER, null);
        int id = client.getInt("id");

        ledger.update("update api_client set revoked_at = now() where id = ?", id);
        assertEquals(401, me(client.getString("token")));
        deployment.api().post(CLIENTS + "/" + id + "/regenerate").then().statusCode(409).body("code",
                equalTo("client_revoked"));
        ledger.update("update api_client set revoked_at = null, expires_at = now() where id = ?", id);
        assertEquals(401, me(client.getString("token")));
        deployment.api().post(CLIENTS + "/" + id + "/regenerate").then().statusCode(409).body("code",
                equalTo("client_expired"));

        String later = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
        update(id, Map.of("expires_at", later)).statusCode(200).body("expires_at", equalTo(later));
        assertEquals(200, me(client.getString("token")));
    }

    // G-2
    @Test
    void letsAClientInOnlyFromItsAddresses() {
        JsonPath client = deployment.client(VIEWER, null);
        int id = client.getInt("id");
        String token = client.getString("token");

        update(id, Map.of("ip_allow_list", List.of("192.0.2.7/24", "2001:DB8::1"))).statusCode(200)
                .body("ip_allow_list", contains("192.0.2.0/24", "2001:db8::1"));
        assertEquals(401, me(token));
        update(id, Map.of("ip_allow_list", List.of("127.0.0.0/8", "::1"))).statusCode(200);
        assertEquals(200, me(token));
        update(id, Map.of("ip_allow_list", List.of())).statusCode(200).body("ip_allow_list", empty());
        assertEquals(200, me(token));
    }

    // G-2
    @Test
    void listsTheRoles() {
        deployment.api().get(ROLES).then().statusCode(200).body("result.count", notNullValue())
                .body("result.items.name", hasItems("Administrator", "Server manager", "Viewer"))
                .body("result.items.find { it.id == 1 }.privileges", hasItems("edit_clients", "edit_users"))
                .body("result.items.find { it.id == 1 }.built_in", equalTo(true));
    }

    // G-2, P-30
    @Test
    void makesChangesAndDeletesARole() {
        int role = deployment.role("view_servers");
        JsonPath client = deployment.client(role, null);
        String token = client.getString("token");
        Deployment.as(token).get("/api/folders").then().statusCode(403);

        deployment.api().body(Map.of("privileges", List.of("view_projects", "view_servers"))).put(ROLES + "/" + role)
                .then().statusCode(200).body("name", equalTo("Role"))
                .body("privileges", contains("view_servers", "view_projects"));
        Deployment.as(token).get("/api/folders").then().statusCode(200);
        deployment.api().body(Map.of("name", "Other")).put(ROLES + "/" + role).then().statusCode(200)
                .body("name", equalTo("Other")).body("privileges", hasSize(2));

        deployment.api().delete(ROLES + "/" + role).then().statusCode(409).body("code", equalTo("role_in_use"));
        deployment.api().delete(CLIENTS + "/" + client.getInt("id")).then().statusCode(200);
        deployment.api().delete(ROLES + "/" + role).then().statusCode(200).body("success", equalTo(true));
        deployment.api().delete(ROLES + "/" + role).then().statusCode(404);
        assertEquals(List.of("client_role.created", "client_role.updated", "client_role.renamed",
                "client_role.deleted"), ledger.actions("client_role", role));
    }

    @Test
    void leavesBuiltInRolesAlone() {
        for (int role = 1; role <= 3; role++) {
            deployment.api().body("{\"name\":\"x\"}").put(ROLES + "/" + role).then().statusCode(400)
                    .body("code", equalTo("built_in_role"));
            deployment.api().delete(ROLES + "/" + role).then().statusCode(400).body("code", equalTo("built_in_role"));
        }
    }

    // W-10: nobody hands on more than they have
    @Test
    void letsNobodyRise() {
        int small = deployment.role("edit_clients", "view_clients", "view_servers");
        String token = deployment.client(small, null).getString("token");
        int stronger = deployment.client(ADMINISTRATOR, null).getInt("id");
        int weaker = deployment.client(deployment.role("view_servers"), null).getInt("id");
        int strongRole = deployment.role("edit_servers");

        Deployment.as(token).body(Map.of("name", "x", "role_id", ADMINISTRATOR)).post(CLIENTS).then().statusCode(403)
                .body("code", equalTo("forbidden"));
        Deployment.as(token).body(Map.of("role_id", VIEWER)).put(CLIENTS + "/" + weaker).then().statusCode(403);
        Deployment.as(token).body(Map.of("name", "x")).put(CLIENTS + "/" + stronger).then().statusCode(403);
        Deployment.as(token).post(CLIENTS + "/" + stronger + "/regenerate").then().statusCode(403);
        Deployment.as(token).delete(CLIENTS + "/" + stronger).then().statusCode(403);
        Deployment.as(token).body(Map.of("name", "x", "privileges", List.of("view_users"))).post(ROLES).then()
                .statusCode(403);
        Deployment.as(token).body(Map.of("privileges", List.of("edit_users"))).put(ROLES + "/" + small).then()
                .statusCode(403);
        Deployment.as(token).body(Map.of("privileges", List.of())).put(ROLES + "/" + strongRole).then()
                .statusCode(403);
        Deployment.as(token).delete(ROLES + "/" + strongRole).then().statusCode(403);

        Deployment.as(token).body(Map.of("name", "x", "role_id", small)).post(CLIENTS).then().statusCode(200);
        Deployment.as(token).body(Map.of("name", "renamed")).put(CLIENTS + "/" + weaker).then().statusCode(200);
        Deployment.as(token).post(CLIENTS + "/" + weaker + "/regenerate").then().statusCode(200);
        deployment.client(ADMINISTRATOR, null);
        deployment.api().delete(CLIENTS + "/" + stronger).then().statusCode(200);
    }

    // W-10, W-11: nor more projects
    @Test
    void letsNobodyWidenTheirScope() {
        int own = deployment.api().body("{\"name\":\"Own\"}").post("/api/folders").path("id");
        JsonPath foreign = deployment.api().body("{\"name\":\"Foreign\"}").post("/api/folders").jsonPath();
        JsonPath client = deployment.client(ADMINISTRATOR, List.of(own));
        String token = client.getString("token");
        int wide = deployment.client(VIEWER, null).getInt("id");

        Map<String, Object> body = new HashMap<>(Map.of("name", "x", "role_id", VIEWER));
        Deployment.as(token).body(body).post(CLIENTS).then().statusCode(403);
        body.put("folder_ids", List.of(own, foreign.getInt("id")));
        Deployment.as(token).body(body).post(CLIENTS).then().statusCode(400).body("errors", hasKey("folder_ids.1"));
        body.put("folder_ids", List.of(Integer.toString(own)));
        int fine = Deployment.as(token).body(body).post(CLIENTS).then().statusCode(200)
                .body("folder_ids", contains(own)).extract().path("id");
        Deployment.as(token).body(Map.of("all_folders", true)).put(CLIENTS + "/" + fine).then().statusCode(403);
        Deployment.as(token).body(Map.of("all_folders", true)).put(CLIENTS + "/" + client.getInt("id")).then()
                .statusCode(403);
        Deployment.as(token).body(Map.of("name", "y")).put(CLIENTS + "/" + wide).then().statusCode(403);
        Deployment.as(token).post(CLIENTS + "/" + wide + "/regenerate").then().statusCode(403);
        Deployment.as(token).delete(CLIENTS + "/" + wide).then().statusCode(403);
        Deployment.as(token).body(Map.of("name", "x", "privileges", List.of())).post(ROLES).then().statusCode(403);

        update(fine, Map.of("project_ids", List.of(foreign.getInt("project_id")))).statusCode(200)
                .body("folder_ids", contains(foreign.getInt("id"))).body("all_folders", equalTo(false));
        update(fine, Map.of("all_folders", true)).statusCode(200).body("folder_ids", nullValue());
    }

    // G-2: somebody always keeps every privilege
    @Test
    void keepsTheLastAdministrator() {
        long workspace = others.create();
        String only = others.administrator(workspace);
        int id = Deployment.as(only).get("/api/users/me").path("id");

        Deployment.as(only).delete(CLIENTS + "/" + id).then().statusCode(409).body("code",
                equalTo("last_administrator"));
        Deployment.as(only).body(Map.of("role_id", VIEWER)).put(CLIENTS + "/" + id).then().statusCode(409);
        Deployment.as(only).body(Map.of("folder_ids", List.of())).put(CLIENTS + "/" + id).then().statusCode(409);
        Deployment.as(only).body(Map.of("name", "Still there")).put(CLIENTS + "/" + id).then().statusCode(200);

        List<String> all = Deployment.as(only).get(ROLES).path("result.items[0].privileges");
        int full = Deployment.as(only).body(Map.of("name", "Full", "privileges", all)).post(ROLES).path("id");
        Deployment.as(only).body(Map.of("role_id", full)).put(CLIENTS + "/" + id).then().statusCode(200);
        Deployment.as(only).body(Map.of("privileges", List.of("view_clients"))).put(ROLES + "/" + full).then()
                .statusCode(409).body("code", equalTo("last_administrator"));
        assertEquals(all, Deployment.as(only).get("/api/users/me").path("privileges"));
    }

    @Test
    void keepsOneOfTwoAdministratorsThatDeleteEachOther() {
        for (int round = 0; round < 4; round++) {
            long workspace = others.create();
            String one = others.administrator(workspace);
            String two = others.administrator(workspace);
            int oneId = Deployment.as(one).get("/api/users/me").path("id");
            int twoId = Deployment.as(two).get("/api/users/me").path("id");

            List<Integer> answers = AtOnce.all(List.of(
                    () -> Deployment.as(one).delete(CLIENTS + "/" + twoId).statusCode(),
                    () -> Deployment.as(two).delete(CLIENTS + "/" + oneId).statusCode()));

            assertEquals(1, answers.stream().filter(status -> status == 200).count(), answers.toString());
            assertEquals(1, List.of(me(one), me(two)).stream().filter(status -> status == 200).count());
        }
    }

    @Test
    void seesNothingOfOtherWorkspaces() {
        long workspace = others.create();
        String token = others.administrator(workspace);
        int client = deployment.client(VIEWER, null).getInt("id");
        int role = deployment.role("view_servers");
        int folder = deployment.folder();

        Deployment.as(token).get(CLIENTS + "/" + client).then().statusCode(404);
        Deployment.as(token).delete(CLIENTS + "/" + client).then().statusCode(404);
        Deployment.as(token).delete(ROLES + "/" + role).then().statusCode(404);
        Deployment.as(token).get("/api/folders/" + folder).then().statusCode(404);
        Deployment.as(token).get("/api/folders").then().body("items", empty());
        Deployment.as(token).body(Map.of("name", "x", "role_id", role)).post(CLIENTS).then().statusCode(400)
                .body("errors", hasKey("api_privilege_group_id"));
        Deployment.as(token).body(Map.of("name", "x", "role_id", 1, "folder_ids", List.of(folder))).post(CLIENTS)
                .then().statusCode(400).body("errors", hasKey("folder_ids.0"));
    }

    // W-5, W-7
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"role_id\":3}|name", "{\"name\":\" \",\"role_id\":3}|name",
            "{\"name\":\"a\\u0000\",\"role_id\":3}|name", "{\"name\":\"\\udfff\",\"role_id\":3}|name",
            "{\"name\":{},\"role_id\":3}|name", "{\"name\":\"x\"}|api_privilege_group_id",
            "{\"name\":\"x\",\"role_id\":999999}|api_privilege_group_id", "{\"name\":\"x\",\"role_id\":\"x\"}|role_id",
            "{\"name\":\"x\",\"role_id\":3,\"api_privilege_group_id\":2}|role_id",
            "{\"name\":\"x\",\"role_id\":99999999999999999999}|role_id",
            "{\"name\":\"x\",\"role_id\":3,\"folder_ids\":[999999]}|folder_ids.0",
            "{\"name\":\"x\",\"role_id\":3,\"folder_ids\":[null]}|folder_ids.0",
            "{\"name\":\"x\",\"role_id\":3,\"folder_ids\":[1.5]}|folder_ids.0",
            "{\"name\":\"x\",\"role_id\":3,\"folder_ids\":[[1]]}|folder_ids.0",
            "{\"name\":\"x\",\"role_id\":3,\"folder_ids\":1}|folder_ids",
            "{\"name\":\"x\",\"role_id\":3,\"folder_ids\":{}}|folder_ids",
            "{\"name\":\"x\",\"role_id\":3,\"project_ids\":[999999]}|project_ids.0",
            "{\"name\":\"x\",\"role_id\":3,\"project_ids\":[],\"folder_ids\":[]}|project_ids",
            "{\"name\":\"x\",\"role_id\":3,\"all_folders\":true,\"folder_ids\":[1]}|all_folders",
            "{\"name\":\"x\",\"role_id\":3,\"all_folders\":false}|folder_ids",
            "{\"name\":\"x\",\"role_id\":3,\"all_folders\":\"yes\"}|all_folders",
            "{\"name\":\"x\",\"role_id\":3,\"ip_allow_list\":\"::1\"}|ip_allow_list",
            "{\"name\":\"x\",\"role_id\":3,\"ip_allow_list\":[\"::1\",\"1.2.3\"]}|ip_allow_list.1",
            "{\"name\":\"x\",\"role_id\":3,\"ip_allow_list\":[7]}|ip_allow_list.0",
            "{\"name\":\"x\",\"role_id\":3,\"ip_allow_list\":[null]}|ip_allow_list.0",
            "{\"name\":\"x\",\"role_id\":3,\"expires_at\":\"2001-01-01T00:00:00Z\"}|expires_at",
            "{\"name\":\"x\",\"role_id\":3,\"expires_at\":\"9999-01-01T00:00:00Z\"}|expires_at",
            "{\"name\":\"x\",\"role_id\":3,\"expires_at\":\"tomorrow\"}|expires_at",
            "{\"name\":\"x\",\"role_id\":3,\"expires_at\":1893456000}|expires_at" })
    void namesTheFieldThatIsWrong(String body, String field) {
        deployment.api().body(body).post(CLIENTS).then().statusCode(400).body("code", equalTo("validation_failed"))
                .body("errors", hasKey(field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"privileges\":[]}|name", "{\"name\":\"x\"}|privileges",
            "{\"name\":\"x\",\"privileges\":[\"fly\"]}|privileges.0",
            "{\"name\":\"x\",\"privileges\":[\"view_servers\",\"*\"]}|privileges.1",
            "{\"name\":\"x\",\"privileges\":[\"VIEW_SERVERS\"]}|privileges.0",
            "{\"name\":\"x\",\"privileges\":[null]}|privileges.0", "{\"name\":\"x\",\"privileges\":[7]}|privileges.0",
            "{\"name\":\"x\",\"privileges\":\"view_servers\"}|privileges",
            "{\"name\":\"x\\u0007\",\"privileges\":[]}|name" })
    void namesTheFieldOfARoleThatIsWrong(String body, String field) {
        deployment.api().body(body).post(ROLES).then().statusCode(400).body("errors", hasKey(field));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "999999", "x", "99999999999999999999", "%00" })
    void knowsNoSuchClient(String id) {
        deployment.api().get(CLIENTS + "/" + id).then().statusCode(404).body("code", equalTo("not_found"));
        deployment.api().body("{}").put(CLIENTS + "/" + id).then().statusCode(404);
        deployment.api().delete(CLIENTS + "/" + id).then().statusCode(404);
        deployment.api().post(CLIENTS + "/" + id + "/regenerate").then().statusCode(404);
        deployment.api().body("{}").put(ROLES + "/" + id).then().statusCode(404);
        deployment.api().delete(ROLES + "/" + id).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "[]", "null", "{", "7", "\"x\"" })
    void refusesWhatIsNoJsonObject(String body) {
        for (String path : List.of(CLIENTS, ROLES)) {
            deployment.api().body(body).post(path).then().statusCode(400).body("code", notNullValue()).body("message",
                    notNullValue());
        }
    }

    // P-30, P-32
    @Test
    void auditsWithoutShowingTheToken() {
        JsonPath client = deployment.client(VIEWER, List.of(deployment.folder()));

        Entry entry = ledger.last("api_client", client.getInt("id"));

        assertEquals("api_client.created", entry.action());
        assertEquals("workato", entry.source());
        assertEquals("******", entry.changes().getString("token.after"));
        assertEquals(List.of(deployment.project()), entry.changes().getList("project_ids.after"));
    }

    // P-30
    @Test
    void auditsTheOperatorsOwnClient() {
        String token = others.administrator(others.create());

        Entry entry = ledger.last("api_client", Deployment.as(token).get("/api/users/me").path("id"));

        assertEquals("system", entry.actor());
        assertEquals("system", entry.source());
        assertTrue(entry.action().equals("api_client.created"));
    }
}
