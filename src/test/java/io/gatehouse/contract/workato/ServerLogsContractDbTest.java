package io.gatehouse.contract.workato;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** The activity log of a server, searched. */
@QuarkusTest
class ServerLogsContractDbTest {

    private static final String DOCUMENT = """
            {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{
            "/a":{"get":{"operationId":"first","parameters":[{"name":"password","in":"query","schema":{"type":"string"}},
                {"name":"city","in":"query","schema":{"type":"string"}},{"name":"n","in":"query","schema":{"type":"integer"}}]}},
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
        logs = "/api/mcp/mcp_servers/" + server.handle() + "/logs";
    }

    @AfterEach
    void stop() {
        backEnd.close();
    }

    private void call(String tool, Map<String, ?> arguments) {
        Deployment.call(server, "tools/call", Map.of("name", tool, "arguments", arguments));
    }

    private ValidatableResponse search(Object... parameters) {
        var request = deployment.api();
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i].toString(), parameters[i + 1]);
        }
        return request.get(logs).then();
    }

    // P-21, P-22, G-14
    @Test
    void showsEachCallWithEverythingAboutIt() {
        call("first", Map.of("city", "Ulm", "password", "hunter2"));

        search().statusCode(200).body("items", hasSize(1)).body("next_page", equalTo(false)).body("after", nullValue())
                .body("items[0].type", equalTo("tool_call")).body("items[0].status", equalTo("success"))
                .body("items[0].level", equalTo("info")).body("items[0].tool", equalTo("first"))
                .body("items[0].server.handle", equalTo(server.handle()))
                .body("items[0].server.created_at", equalTo(created()))
                .body("items[0].user.id", startsWith("token:")).body("items[0].user.authentication", equalTo("api_token"))
                .body("items[0].user.ip", equalTo("127.0.0.1")).body("items[0].user.user_agent", notNullValue())
                .body("items[0].duration_ms", notNullValue()).body("items[0].http_status", equalTo(200))
                .body("items[0].era", equalTo("legacy")).body("items[0].replica", notNullValue())
                .body("items[0].request.input.city", equalTo("Ulm"))
                .body("items[0].request.input.password", equalTo("******"))
                .body("items[0].request.bytes", greaterThan(50)).body("items[0].response.output.content", hasSize(1))
                .body("items[0].response.truncated", equalTo(false));
    }

    private String created() {
        return deployment.api().get("/api/mcp/mcp_servers/" + server.handle()).then().statusCode(200).extract()
                .path("created_at");
    }

    // P-23
    @ParameterizedTest
    @CsvSource({ "log_type,tool_list", "level,warning", "status,refused", "tool,second", "q,NEU-ulm", "data,input.n:7" })
    void findsWhatAFilterAsksFor(String parameter, String value) {
        call("first", Map.of("city", "Ulm"));
        switch (parameter) {
            case "log_type" -> Deployment.call(server, "tools/list", Map.of());
            case "level", "status" -> {
                Agent stranger = new Published(server.handle(), "gmt_wrong").agent();
                stranger.send(stranger.legacy(1, "tools/list", Map.of())).join();
            }
            case "tool" -> call("second", Map.of());
            default -> call("first", Map.of("city", "Neu-Ulm", "n", 7));
        }

        search().body("items", hasSize(2));
        String newest = search().extract().path("items[0].id");
        search(parameter, value).statusCode(200).body("items.id", contains(newest));
        search("log_type", "prompt").body("items", empty());
    }

    // JSON that the database can't read is no field, and hides no others
    @Test
    void findsFieldsBesideWhatTheDatabaseTakesForNoJson() {
        call("first", Map.of("city", "\0"));
        call("first", Map.of("city", "Ulm"));

        search("data", "input.city:Ulm").statusCode(200).body("items", hasSize(1));
    }

    @Test
    void findsByTimeUserAndRequest() {
        call("first", Map.of());
        call("second", Map.of());
        JsonPath both = search().extract().jsonPath();
        String later = both.getString("items[0].timestamp");

        search("to", later).body("items.tool", contains("first"));
        search("from", later).body("items.tool", contains("second"));
        search("user", both.getString("items[0].user.id")).body("items", hasSize(2));
        search("user", "token:999999").body("items", empty());
        search("request_id", both.getString("items[1].request_id")).body("items.tool", contains("first"));
        search("log_type", "tool_call,tool_list", "level", "info,error").body("items", hasSize(2));
    }

    @Test
    void pagesStayStableWhileEntriesAreAdded() {
        IntStream.range(0, 7).forEach(n -> call("first", Map.of("n", n)));
        List<Integer> seen = new ArrayList<>();
        String after = null;
        do {
            JsonPath page = (after == null ? search("page[size]", 3) : search("page[size]", 3, "page[after]", after))
                    .statusCode(200).extract().jsonPath();
            seen.addAll(page.getList("items.request.input.n"));
            after = page.getString("after");
            assertEquals(after != null, page.getBoolean("next_page"));
            call("second", Map.of());
        } while (after != null);

        assertEquals(List.of(6, 5, 4, 3, 2, 1, 0), seen);
    }

    @Test
    void showsOneEntry() {
        call("first", Map.of("city", "Ulm"));
        String id = search().extract().path("items[0].id");

        deployment.api().get(logs + "/" + id).then().statusCode(200).body("id", equalTo(id)).body("request.input.city",
                equalTo("Ulm"));
        for (String unknown : List.of("x", "0190163d-8694-739b-aea5-966c26f8ad91", "7b3d1c2e-0000-4000-8000-000000000000")) {
            deployment.api().get(logs + "/" + unknown).then().statusCode(404);
        }
    }

    @ParameterizedTest
    @CsvSource({ "from,yesterday", "from,+999999999-01-01T00:00:00Z", "from,-999999999-01-01T00:00:00Z",
            "to,2026-13-01T00:00:00Z", "log_type,all", "level,fatal", "status,good", "job_id,x",
            "data,city:Ulm", "data,input:1", "page[size],0", "page[size],101", "page[after],x", "page[after],MQ" })
    void refusesAQueryThatMeansNothing(String parameter, String value) {
        search(parameter, value).statusCode(400).body("message", startsWith(parameter + ": "));
    }

    @Test
    void isForThoseWhoMay() {
        call("first", Map.of());
        String viewer = deployment.client(deployment.role("view_servers"), null).getString("token");

        Stream.of(logs, logs + "/x", logs + "/tail").forEach(path -> {
            Deployment.as(viewer).get(path).then().statusCode(403);
            Deployment.as(elsewhere.administrator(elsewhere.create())).get(path).then().statusCode(404);
        });
    }

    // P-28
    @Test
    void recordsOnlyWhatTheServerWantsRecorded() {
        String settings = "/api/mcp/mcp_servers/" + server.handle() + "/log_settings";
        deployment.api().get(settings).then().statusCode(200).body("inputs", equalTo(true)).body("outputs", equalTo(true))
                .body("masked_fields", empty());

        deployment.api().body(Map.of("outputs", false, "masked_fields", List.of("City"))).put(settings).then()
                .statusCode(200).body("inputs", equalTo(true)).body("outputs", equalTo(false));
        call("first", Map.of("city", "Ulm", "n", 1));
        search().body("items[0].request.input.city", equalTo("******")).body("items[0].request.input.n", equalTo(1))
                .body("items[0].response.output", nullValue()).body("items[0].status", equalTo("success"));

        deployment.api().body(Map.of("inputs", false)).put(settings).then().statusCode(200);
        call("first", Map.of("n", 2));
        search().body("items[0].request.input", nullValue()).body("items[0].tool", equalTo("first"));
        deployment.api().body(Map.of("inputs", "no")).put(settings).then().statusCode(400);
        deployment.api().body(Map.of("masked_fields", List.of("-"))).put(settings).then().statusCode(400);
    }

    @Test
    void keepsEntriesForAsLongAsTheWorkspaceWants() {
        String retention = "/api/log_retention";
        String other = elsewhere.administrator(elsewhere.create());
        Deployment.as(other).get(retention).then().statusCode(200).body("retention_days", equalTo(30));

        Deployment.as(other).body("{\"retention_days\":7}").put(retention).then().statusCode(200).body("retention_days",
                equalTo(7));
        Deployment.as(other).get(retention).then().body("retention_days", equalTo(7));
        deployment.api().get(retention).then().body("retention_days", equalTo(30));
        Stream.of("{}", "{\"retention_days\":0}", "{\"retention_days\":3651}", "{\"retention_days\":\"7\"}").forEach(
                wrong -> Deployment.as(other).body(wrong).put(retention).then().statusCode(400));
        Deployment.as(other).body("{\"retention_days\":null}").put(retention).then().statusCode(200).body("retention_days",
                equalTo(30));
    }

    @Test
    void showsWhatIsRecordedWhileItIs() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + logs + "/tail"))
                .header("Authorization", "Bearer " + deployment.token()).build();
        try (var lines = HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body()) {
            AtomicBoolean seen = new AtomicBoolean();
            Thread caller = new Thread(() -> {
                while (!seen.get()) {
                    call("first", Map.of("city", "Ulm"));
                }
            });
            caller.start();
            String entry = lines.filter(line -> line.startsWith("data:")).findFirst().orElseThrow();
            seen.set(true);
            caller.join();

            assertTrue(entry.contains("\"city\":\"Ulm\""), entry);
            assertFalse(entry.contains("hunter2"));
        }
    }
}
