package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.workato.ServersApi.Place;
import io.gatehouse.contract.workato.Write.Target;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;

/** Who may do what to servers: by role, by project, by workspace. */
@QuarkusTest
class ServerScopesContractDbTest {

    private static final int ADMINISTRATOR = 1;
    private static final int VIEWER = 3;
    private static final List<String> READS = List.of("", "/tools", "/server_policies", "/user_groups", "/tokens");

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;
    @Inject
    OtherWorkspace others;

    private RequestSpecification client(Object role, Integer... folders) {
        return Deployment.as(deployment.client(role, folders.length == 0 ? null : List.of(folders)).getString("token"));
    }

    private String tag(Target target) {
        return servers.get(target.handle(), "").statusCode(200).extract().header("ETag");
    }

    // W-10
    @ParameterizedTest
    @EnumSource(Write.class)
    void letsAViewerWriteNothing(Write write) {
        Target target = servers.target();
        String before = tag(target);

        write.send(client(VIEWER), target).statusCode(403).body("code", equalTo("forbidden")).body("message",
                notNullValue());
        assertEquals(before, tag(target));
    }

    // W-10
    @Test
    void letsAViewerMakeNothing() {
        RequestSpecification viewer = client(VIEWER);

        viewer.body(servers.named("x")).post(SERVERS).then().statusCode(403).body("code", equalTo("forbidden"));
        client(VIEWER).body(Map.of("project_id", deployment.project(), "openapi_spec",
                Map.of("content", ServersApi.TWO_OPERATIONS))).post("/api/api_collections").then().statusCode(403);
    }

    // W-10
    @Test
    void letsAViewerRead() {
        Target target = servers.target();

        for (String read : List.of("", "/tools", "/server_policies", "/user_groups")) {
            client(VIEWER).get(SERVERS + "/" + target.handle() + read).then().statusCode(200);
        }
        for (String list : List.of(SERVERS, "/api/mcp/user_groups", "/api/mcp/available_tools")) {
            client(VIEWER).get(list).then().statusCode(200);
        }
    }

    // W-10
    @ParameterizedTest
    @ValueSource(strings = { "", "/tools", "/server_policies", "/user_groups", "/tokens" })
    void showsNothingWithoutAPrivilege(String path) {
        Target target = servers.target();

        client(deployment.role("view_projects")).get(SERVERS + "/" + target.handle() + path).then().statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    // W-10: who may edit a server may not open it for that
    @ParameterizedTest
    @CsvSource({ "UPDATE,200", "MOVE,200", "ASSIGN_TOOLS,200", "DESCRIBE_TOOL,200", "STOP_TOOL,200", "REMOVE_TOOL,200",
            "RENEW,403", "ASSIGN_GROUPS,403", "REMOVE_GROUPS,403", "SET_POLICY,403", "ISSUE_TOKEN,403",
            "REVOKE_TOKEN,403", "DELETE,403" })
    void tellsEditingFromOpening(Write write, int status) {
        write.send(client(deployment.role("view_servers", "edit_servers")), servers.target()).statusCode(status);
    }

    // W-10, W-23
    @Test
    void letsNobodySwitchTheWayInWhoMayOnlyEdit() {
        Target target = servers.target();
        Map<String, Object> body = servers.named("switched");
        body.put("authentication_method", "sso");

        client(deployment.role("view_servers", "edit_servers")).body(body).put(SERVERS + "/" + target.handle()).then()
                .statusCode(403);
        servers.get(target.handle(), "").body("authentication_method", equalTo("token")).body("name", equalTo("Server"));
    }

    // W-11
    @ParameterizedTest
    @EnumSource(Write.class)
    void findsNoServerOfAnotherProjectToWrite(Write write) {
        Target target = servers.target();
        String before = tag(target);

        write.send(client(ADMINISTRATOR, servers.place("Own").folder()), target).statusCode(404).body("code",
                equalTo("not_found")).body("message", equalTo("MCP server not found"));
        assertEquals(before, tag(target));
    }

    // W-11
    @Test
    void showsOnlyTheServersOfItsProjects() {
        Place place = servers.place("Own");
        String own = servers.create("mine", place.folder());
        List<Integer> tools = ServersApi.tools(deployment.api(), place.project());
        Target foreign = servers.target();
        String token = deployment.client(ADMINISTRATOR, List.of(place.folder())).getString("token");

        Deployment.as(token).get(SERVERS).then().body("items.handle", contains(own)).body("next_page", equalTo(false));
        Deployment.as(token).get(SERVERS + "?search=Server").then().body("items", empty());
        Deployment.as(token).get(SERVERS + "?folder_id=" + deployment.folder()).then().statusCode(200).body("items",
                empty());
        for (String read : READS) {
            Deployment.as(token).get(SERVERS + "/" + foreign.handle() + read).then().statusCode(404);
            Deployment.as(token).get(SERVERS + "/" + own + read).then().statusCode(200);
        }
        Deployment.as(token).get("/api/mcp/available_tools").then().body("items.id",
                contains(tools.stream().map(Object::toString).toArray()));
        Deployment.as(token).body(Map.of("tools", List.of(ServersApi.reference(foreign.tool()))))
                .post(SERVERS + "/" + own + "/assign_tools").then().statusCode(400).body("errors", hasKey("tools.0"));
        Deployment.as(token).body(Map.of("folder_id", deployment.folder())).put(SERVERS + "/" + own + "/update_folder")
                .then().statusCode(400).body("errors", hasKey("folder_id"));
        Deployment.as(token).body(servers.named("x")).put(SERVERS + "/" + own).then().statusCode(400).body("errors",
                hasKey("folder_id"));
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void findsNoServerOfAnotherWorkspaceToWrite(Write write) {
        Target target = servers.target();
        String before = tag(target);

        write.send(Deployment.as(others.administrator(others.create())), target).statusCode(404);
        assertEquals(before, tag(target));
    }

    // W-29, W-41, W-52
    @Test
    void takesNothingOfAnotherWorkspace() {
        String token = others.administrator(others.create());
        Place place = ServersApi.place(Deployment.as(token), "Theirs");
        int tool = ServersApi.tools(Deployment.as(token), place.project()).get(0);
        String theirs = Deployment.as(token).body(Map.of("name", "theirs", "folder_id", place.folder())).post(SERVERS)
                .then().statusCode(200).extract().path("handle");
        Target mine = servers.target();

        Deployment.as(token).get(SERVERS).then().body("items.handle", contains(theirs));
        for (String read : READS) {
            deployment.api().get(SERVERS + "/" + theirs + read).then().statusCode(404);
            Deployment.as(token).get(SERVERS + "/" + mine.handle() + read).then().statusCode(404);
        }
        servers.create(Map.of("name", "x", "folder_id", place.folder())).statusCode(400).body("errors",
                hasKey("folder_id"));
        servers.body(Map.of("folder_id", place.folder())).put(Write.MOVE.path(mine)).then().statusCode(400).body("errors",
                hasKey("folder_id"));
        servers.assign(mine.handle(), ServersApi.reference(tool)).statusCode(400).body("errors", hasKey("tools.0"));
        servers.list("folder_id=" + place.folder()).body("items", empty());
        servers.list("project_id=" + place.project()).body("items", empty());
        deployment.api().put("/api/api_endpoints/" + tool + "/disable").then().statusCode(404);
    }
}
