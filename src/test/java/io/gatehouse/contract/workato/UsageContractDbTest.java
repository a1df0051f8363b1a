package io.gatehouse.contract.workato;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** How the limits of a server stand. */
@QuarkusTest
class UsageContractDbTest {

    private static final String DOCUMENT = """
            {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{
            "/a":{"get":{"operationId":"first"}},"/b":{"get":{"operationId":"second"}}}}""";

    private static final int HOUR_SECONDS = 3_600;
    /** Less than may be waited for. */
    private static final int LONGEST_TEST_SECONDS = 45;

    @Inject
    Deployment deployment;

    private final BackEnd backEnd = new BackEnd();
    private Published server;

    /** Limits count by the clock on the wall: no hour, and so no month, is to end during a test. */
    @BeforeEach
    void publish() {
        Await.until(() -> Instant.now().getEpochSecond() % HOUR_SECONDS < HOUR_SECONDS - LONGEST_TEST_SECONDS,
                () -> "The hour does not end");
        server = deployment.publish(DOCUMENT, backEnd.url(), Map.of());
    }

    @AfterEach
    void stop() {
        backEnd.close();
    }

    private void policy(Map<String, ?> policy) {
        deployment.api().body(policy).put("/api/mcp/mcp_servers/" + server.handle() + "/server_policies").then()
                .statusCode(200);
    }

    private ValidatableResponse usage(String query) {
        return deployment.api().get("/api/mcp/mcp_servers/" + server.handle() + "/usage" + query).then();
    }

    /** None of so few is counted in advance, which would be told while it comes or goes. */
    // P-14, P-15
    @Test
    void tellsWhatIsUsedAndLeftOfEachLimit() {
        policy(Map.of("rate_limit", Map.of("requests_per_minute", 50, "requests_per_hour", 100), "quota_limit",
                Map.of("requests_per_month", 400), "caller_limits", Map.of("requests_per_hour", 10), "tool_limits",
                Map.of("*", Map.of("requests_per_month", 20), "gone", Map.of("requests_per_hour", 1)), "max_concurrent_calls",
                5));
        Deployment.call(server, "tools/call", Map.of("name", "first"));
        Deployment.call(server, "tools/call", Map.of("name", "first"));
        Deployment.call(server, "tools/call", Map.of("name", "second"));

        usage("").statusCode(200)
                .body("server.limit", contains("quota_limit.requests_per_month", "rate_limit.requests_per_hour",
                        "rate_limit.requests_per_minute", "max_concurrent_calls"))
                .body("server[0].capacity", equalTo(400)).body("server[0].used", equalTo(3))
                .body("server[0].left", equalTo(397)).body("server[0].reset", greaterThan(0))
                .body("tools.tool", contains("first", "gone", "second")).body("tools[0].limits[0].used", equalTo(2))
                .body("tools[0].limits[0].limit", equalTo("tool_limits.first.requests_per_month"))
                .body("tools[1].limits[0].used", equalTo(0)).body("tools[2].limits[0].left", equalTo(19))
                .body("callers.size()", equalTo(1)).body("callers[0].limits[0].used", equalTo(3))
                .body("callers[0].limits[0].capacity", equalTo(10));
        usage("?caller=token:999999").statusCode(200).body("callers.caller", contains("token:999999"))
                .body("callers[0].limits[0].used", equalTo(0));
    }

    @Test
    void tellsOfNoMoreThanThereIsOnceALimitWasLowered() {
        policy(Map.of("quota_limit", Map.of("requests_per_month", 10)));
        for (int i = 0; i < 3; i++) {
            Deployment.call(server, "tools/call", Map.of("name", "first"));
        }
        policy(Map.of("quota_limit", Map.of("requests_per_month", 2)));

        usage("").body("server[0].used", equalTo(2)).body("server[0].left", equalTo(0));
    }

    @Test
    void isEmptyWhereNothingIsLimited() {
        usage("").statusCode(200).body("$", equalTo(Map.of("server", List.of(), "tools", List.of(), "callers", List.of())));
    }

    // P-14
    @Test
    void tellsHowManyCallsAreUnderWay() throws Exception {
        BlockingQueue<HttpServerResponse> arrived = new LinkedBlockingQueue<>();
        backEnd.answers(arrived::add);
        policy(Map.of("max_concurrent_calls", 5, "caller_limits", Map.of("max_concurrent_calls", 4), "tool_limits",
                Map.of("first", Map.of("max_concurrent_calls", 2, "requests_per_hour", 10))));
        Agent agent = server.agent();
        CompletableFuture<?> calls = CompletableFuture.allOf(Stream.of("first", "first", "second")
                .map(name -> agent.send(agent.legacy(1, "tools/call", Map.of("name", name))))
                .toArray(CompletableFuture[]::new));
        List<HttpServerResponse> held = new ArrayList<>();
        while (held.size() < 3) {
            held.add(arrived.poll(20, TimeUnit.SECONDS));
        }

        assertEquals(List.of(Map.of("limit", "max_concurrent_calls", "capacity", 5, "used", 3, "left", 2)),
                usage("").extract().path("server"));
        usage("").body("tools.tool", contains("first"))
                .body("tools[0].limits.limit", contains("tool_limits.first.requests_per_hour",
                        "tool_limits.first.max_concurrent_calls"))
                .body("tools[0].limits[0].used", equalTo(2)).body("tools[0].limits[0].reset", greaterThan(0))
                .body("tools[0].limits[1]", equalTo(Map.of("limit", "tool_limits.first.max_concurrent_calls", "capacity", 2,
                        "used", 2, "left", 0)))
                .body("callers[0].limits[0].used", equalTo(3)).body("callers[0].limits[0].left", equalTo(1));
        usage("?caller=token:999999").body("callers[0].limits[0].used", equalTo(0));

        held.forEach(BackEnd.json("{}"));
        calls.get(20, TimeUnit.SECONDS);
        Await.until(() -> usage("").extract().<Integer> path("server[0].used") == 0, () -> "Places are not given back");
    }

    @Test
    void isNotFoundForStrangers() {
        deployment.api().get("/api/mcp/mcp_servers/nope/usage").then().statusCode(404).body("code", equalTo("not_found"));
        Deployment.as("nonsense").get("/api/mcp/mcp_servers/" + server.handle() + "/usage").then().statusCode(401);
    }

    @Test
    void triesAPolicyAgainstWhatWasCalled() {
        for (int i = 0; i < 5; i++) {
            Deployment.call(server, "tools/call", Map.of("name", i < 3 ? "first" : "second"));
        }
        Deployment.call(server, "tools/list", Map.of());
        String path = "/api/mcp/mcp_servers/" + server.handle() + "/server_policies";

        deployment.api().body(Map.of("quota_limit", Map.of("requests_per_month", 2))).post(path + "/try").then()
                .statusCode(200).body("calls", equalTo(5)).body("refused", equalTo(3))
                .body("rules", equalTo(Map.of("quota_limit.requests_per_month", 3))).body("callers.size()", equalTo(1))
                .body("callers[0].calls", equalTo(5)).body("callers[0].refused", equalTo(3));
        deployment.api().body(Map.of("tool_limits", Map.of("second", Map.of("requests_per_month", 1))))
                .post(path + "/try?days=31")
                .then().statusCode(200).body("rules", equalTo(Map.of("tool_limits.second.requests_per_month", 1)));
        deployment.api().body(Map.of("ip_denylist", List.of("127.0.0.1"))).post(path + "/try").then().body("refused",
                equalTo(5));
        deployment.api().get(path).then().body("quota_limit.requests_per_month", nullValue());
        deployment.api().body(Map.of("rate_limit", Map.of("requests_per_hour", 0))).post(path + "/try").then().statusCode(400);
        deployment.api().body(Map.of()).post(path + "/try?days=32").then().statusCode(400);
    }
}
