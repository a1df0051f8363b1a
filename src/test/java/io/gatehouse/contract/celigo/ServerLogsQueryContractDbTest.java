package io.gatehouse.contract.celigo;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code /v1/mcpservers/{_id}/logs} (G-14). */
@QuarkusTest
class ServerLogsQueryContractDbTest {

    private static final String DOCUMENT = """
            {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{
            "/a":{"get":{"operationId":"first","parameters":[{"name":"password","in":"query","schema":{"type":"string"}},
                {"name":"n","in":"query","schema":{"type":"integer"}}]}},
            "/b":{"get":{"operationId":"second"}}}}""";

    @Inject
    Deployment deployment;
    @Inject
    OtherWorkspace elsewhere;

    private final BackEnd backEnd = new BackEnd();
    private Published server;
    private String logs;

    @BeforeEach
    void publish() {
        server = deployment.publish(DOCUMENT, backEnd.url(), Map.of());
        String id = deployment.api().get("/api/mcp/mcp_servers/" + server.handle() + "?view=full").path("_id");
        logs = "/v1/mcpservers/" + id + "/logs";
    }

    @AfterEach
    void stop() {
        backEnd.close();
    }

    private void call(String tool, Map<String, ?> arguments) {
        Deployment.call(server, "tools/call", Map.of("name", tool, "arguments", arguments));
    }

    private ValidatableResponse search(String query) {
        return deployment.api().urlEncodingEnabled(false).get(query.isEmpty() ? logs : logs + "?" + query).then();
    }

    // G-14, C-15, C-16
    @Test
    void hasNoContentWhereNothingWasRecorded() {
        search("").statusCode(204);

        call("first", Map.of());
        search("tool=second").statusCode(204);
    }

    // G-14, P-22
    @Test
    void tellsOfEachCallInThisDialectsWords() {
        call("first", Map.of("n", 7, "password", "hunter2"));

        search("").statusCode(200).body("", hasSize(1)).body("[0].type", equalTo("tool_call"))
                .body("[0].status", equalTo("success")).body("[0].level", equalTo("info"))
                .body("[0].method", equalTo("tools/call")).body("[0].tool", equalTo("first"))
                .body("[0]._byUserId", startsWith("token:")).body("[0].authentication", equalTo("api_token"))
                .body("[0].ip", equalTo("127.0.0.1")).body("[0].httpStatus", equalTo(200))
                .body("[0].durationMs", greaterThan(0f)).body("[0].era", equalTo("legacy"))
                .body("[0].request.input", equalTo(Map.of("n", 7, "password", "******")))
                .body("[0].response.output.isError", equalTo(false)).body("[0]", not(hasKey("rule")))
                .body("[0]", not(hasKey("error")));
    }

    // G-14, P-28
    @Test
    void tellsByWhichRuleACallWasRefused() {
        Agent stranger = new Published(server.handle(), "gmt_wrong").agent();
        stranger.send(stranger.legacy(1, "tools/list", Map.of())).join();

        search("status=refused").statusCode(200).body("rule", contains("unauthorized"))
                .body("[0].error.code", equalTo(1401)).body("[0].httpStatus", equalTo(401))
                .body("[0].level", equalTo("warning"));
    }

    // G-14, P-23
    @ParameterizedTest
    @ValueSource(strings = { "tool=first", "type=tool_call,prompt&tool=first", "data=input.n:7", "q=%22n%22%3A7",
            "to=LATER", "requestId=REQUEST", "level=info&to=LATER", "_byUserId=CALLER&tool=first", "from=0&data=input.n:7" })
    void findsWhatAFilterAsksFor(String query) {
        call("first", Map.of("n", 7));
        call("second", Map.of());
        var both = search("").extract().jsonPath();

        String asked = query.replace("LATER", both.getString("[0].time")).replace("REQUEST", both.getString("[1].requestId"))
                .replace("CALLER", both.getString("[0]._byUserId"));
        search(asked).statusCode(200).body("tool", contains("first"));
    }

    // G-14, C-17, C-18: pages stay stable while entries come in
    @Test
    void followsTheLinkThoughEntriesAreAdded() {
        IntStream.range(0, 7).forEach(n -> call("first", Map.of("n", n)));
        List<Integer> seen = new ArrayList<>();
        String next = RestAssured.baseURI + ":" + RestAssured.port + logs + "?limit=3&exclude=response";
        while (next != null) {
            ValidatableResponse page = deployment.api().urlEncodingEnabled(false).get(next).then().statusCode(200)
                    .body("[0]", not(hasKey("response")));
            seen.addAll(page.extract().jsonPath().getList("request.input.n"));
            String link = page.extract().header("Link");
            next = link == null ? null : link.substring(1, link.indexOf(">; rel=\"next\""));
            call("second", Map.of());
        }

        assertEquals(List.of(6, 5, 4, 3, 2, 1, 0), seen);
    }

    // G-14, C-21
    @Test
    void showsTheFieldsThatAreAskedFor() {
        call("first", Map.of("n", 7));

        search("include=tool,request.bytes").statusCode(200).body("[0].keySet()", hasSize(3)).body("[0]", hasKey("_id"))
                .body("[0].request.keySet()", contains("bytes"));
    }

    // C-5, C-9
    @ParameterizedTest
    @ValueSource(strings = { "from=x", "from=-999999999-01-01T00:00:00Z", "to=999999999999999", "from=2&to=1", "to=-1",
            "type=all", "level=fatal", "status=good", "_jobId=x", "_jobId=0",
            "data=city:Ulm", "after=x", "after=MQ", "limit=0", "limit=101", "q=%00", "tool=a&tool=b" })
    void refusesAQueryThatMeansNothing(String query) {
        search(query).statusCode(400).body("errors[0].code", equalTo("invalid_query_params")).body("errors[0].message",
                startsWith(query.substring(0, query.indexOf('='))));
    }

    @Test
    void saysHowManyAPageCanHave() {
        search("limit=0").statusCode(400).body("errors[0].message", equalTo("limit: a whole number from 1 to 100"));
    }

    // G-14, P-11
    @Test
    void isForThoseWhoMay() {
        String viewer = deployment.client(deployment.role("view_servers"), null).getString("token");

        Deployment.as(viewer).get(logs).then().statusCode(403);
        Deployment.as(elsewhere.administrator(elsewhere.create())).get(logs).then().statusCode(404);
        deployment.api().get("/v1/mcpservers/nope/logs").then().statusCode(404).body("errors", hasSize(1));
        RestAssured.get(logs).then().statusCode(401).body("errors", nullValue());
    }

    // C-82
    @Test
    void isDocumentedBesideTheSevenOperations() {
        String path = "paths.'/v1/mcpservers/{_id}/logs'";

        RestAssured.get("/openapi/celigo?format=json").then().body(path, nullValue());
        RestAssured.get("/openapi/gatehouse?format=json").then()
                .body(path + ".get.parameters.name", hasItem("after")).body(path + ".get.description", containsString("Link"));
    }
}
