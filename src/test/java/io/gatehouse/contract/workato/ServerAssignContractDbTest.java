package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static io.gatehouse.contract.workato.ServersApi.TWO_OPERATIONS;
import static io.gatehouse.contract.workato.ServersApi.reference;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** How tools come onto a server. */
@QuarkusTest
class ServerAssignContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;

    // W-14, W-40, W-41, W-43, W-44, W-48, D-4, D-5
    @Test
    void putsToolsOnAServer() {
        List<Integer> ids = deployment.importDocument(TWO_OPERATIONS).getList("import_report.tools.id");
        Published server = deployment.createServer();
        Map<String, Object> byNumber = Map.of("trigger_application", "workato_api_platform", "id", ids.get(1));

        JsonPath assigned = servers.assign(server.handle(), reference(ids.get(0)), byNumber).statusCode(200)
                .body("keySet()", contains("items")).extract().jsonPath();

        assertEquals(List.of(ids.get(0).toString(), ids.get(1).toString()), assigned.getList("items.id"));
        assertEquals(List.of("Reads a", "same_2"), assigned.getList("items.name"));
        servers.get(server.handle(), "/tools?view=full").body("items.tool_name", contains("same", "same_2"));
        servers.get(server.handle(), "/tools?per_page=1").statusCode(200).body("items", hasSize(1))
                .body("next_page", equalTo(true)).body("items[0].keySet()",
                        containsInAnyOrder("id", "name", "description", "trigger_application"))
                .body("items.trigger_application", everyItem(equalTo("workato_api_platform")));
        servers.get(server.handle(), "/tools?per_page=1&page=2").body("items.id", contains(ids.get(1).toString()))
                .body("next_page", equalTo(false));
        servers.assign(server.handle(), reference(ids.get(1))).statusCode(200).body("items", hasSize(2));
        servers.assign(server.handle()).statusCode(200).body("items", hasSize(2));
        servers.get("nope", "/tools").statusCode(404);
    }

    // W-41: appends, and the same twice in one request is once
    @Test
    void appendsTools() {
        List<Integer> ids = deployment.importDocument(TWO_OPERATIONS).getList("import_report.tools.id");
        Published server = deployment.createServer();

        servers.assign(server.handle(), reference(ids.get(1)), reference(ids.get(1))).statusCode(200).body("items",
                hasSize(1));
        servers.assign(server.handle(), reference(ids.get(0)), reference(ids.get(1))).statusCode(200).body("items.id",
                contains(ids.get(1).toString(), ids.get(0).toString()));
        servers.get(server.handle(), "?view=full").body("tools_count", equalTo(2));
    }

    // W-41, W-42
    @Test
    void assignsAllOrNothing() {
        JsonPath collection = deployment.importDocument(TWO_OPERATIONS);
        int good = collection.getInt("import_report.tools[0].id");
        int noTool = collection.getInt("import_report.refused[0].id");
        int foreign = ServersApi.tools(deployment.api(), servers.place("Foreign").project()).get(0);
        Published server = deployment.createServer();

        for (Map<String, Object> bad : List.of(reference(999_999), reference("x"), reference(noTool), reference(foreign),
                reference("99999999999999999999"), reference("-1"), reference(""), Map.<String, Object> of("id", "1"),
                Map.<String, Object> of("trigger_application", "workato_api_platform"),
                Map.<String, Object> of("trigger_application", "workato_api_platform", "id", 1.5),
                Map.<String, Object> of("trigger_application", "workato_api_platform", "id", List.of(good)),
                Map.<String, Object> of("trigger_application", "other", "id", good))) {
            servers.assign(server.handle(), reference(good), bad).statusCode(400)
                    .body("code", equalTo("validation_failed")).body("errors", hasKey("tools.1"));
        }
        servers.get(server.handle(), "/tools").body("items", empty());
        servers.assign("nope", reference(good)).statusCode(404);
    }

    // W-7, W-40
    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"tools\":null}", "{\"tools\":{}}", "{\"tools\":\"x\"}", "{\"tools\":7}",
            "{\"tools\":[7]}", "{\"tools\":[null]}", "{\"tools\":[[]]}", "{\"tools\":[{\"trigger_application\":7,\"id\":1}]}",
            "{\"tools\":[{\"trigger_application\":[],\"id\":1}]}", "{\"tools\":[{}]}" })
    void refusesWhatNamesNoTool(String body) {
        Published server = deployment.createServer();

        servers.body(body).post(SERVERS + "/" + server.handle() + "/assign_tools").then().statusCode(400)
                .body("code", equalTo("validation_failed")).body("errors.size()", equalTo(1));
    }

    // W-41
    @Test
    void assignsOnceWhenAskedTwiceAtTheSameTime() {
        List<Integer> ids = deployment.importDocument(TWO_OPERATIONS).getList("import_report.tools.id");
        Published server = deployment.createServer();

        List<Integer> answers = AtOnce.times(4, i -> servers
                .assign(server.handle(), reference(ids.get(0)), reference(ids.get(1))).extract().statusCode());

        assertEquals(List.of(200, 200, 200, 200), answers);
        servers.get(server.handle(), "/tools").body("items", hasSize(2));
    }
}
