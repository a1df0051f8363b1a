package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** What a policy says beyond the dialect: limits of callers, of tools, of calls at one time, and what becomes of refusals. */
@QuarkusTest
class CallLimitsContractDbTest {

    private static final String FULL = """
            {"rate_limit": {"requests_per_minute": 60}, "quota_limit": {}, "ip_allowlist": [], "ip_denylist": [],
             "max_concurrent_calls": 9,
             "caller_limits": {"requests_per_minute": 1, "requests_per_hour": 2, "requests_per_month": 3, "max_concurrent_calls": 4},
             "tool_limits": {"*": {"requests_per_hour": 5}, "find.order-2_x": {"max_concurrent_calls": 1}, "free": {}},
             "on_limit": "tell_model", "when_unavailable": "allow"}""";

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;
    @Inject
    Ledger ledger;

    private String handle;
    private String path;

    @BeforeEach
    void createAServer() {
        handle = deployment.createServer().handle();
        path = SERVERS + "/" + handle + "/server_policies";
    }

    private ValidatableResponse put(String body) {
        return servers.body(body).put(path).then();
    }

    private Map<String, Object> read() {
        return deployment.api().get(path).then().statusCode(200).extract().jsonPath().getMap("");
    }

    // W-54, W-55
    @Test
    void keepsAndShowsAWholePolicy() {
        put(FULL).statusCode(200).body("$", equalTo(JsonPath.from(FULL).getMap("")));

        assertEquals(JsonPath.from(FULL).getMap(""), read());
    }

    // W-56: null clears, what is there replaces whole, the rest stays
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}|", "{'rate_limit':null}|",
            "{'caller_limits':{'requests_per_hour':7}}|{'caller_limits':{'requests_per_hour':7}}",
            "{'caller_limits':null}|{'caller_limits':null}", "{'caller_limits':{}}|{'caller_limits':null}",
            "{'tool_limits':{'a':{'requests_per_hour':7}}}|{'tool_limits':{'a':{'requests_per_hour':7}}}",
            "{'tool_limits':{'a':{},'b':null}}|{'tool_limits':{'a':{}}}", "{'tool_limits':null}|{'tool_limits':null}",
            "{'tool_limits':{}}|{'tool_limits':null}", "{'max_concurrent_calls':null}|{'max_concurrent_calls':null}",
            "{'max_concurrent_calls':1}|{'max_concurrent_calls':1}", "{'on_limit':null}|{'on_limit':null}",
            "{'on_limit':'refuse'}|{'on_limit':null}", "{'when_unavailable':null}|{'when_unavailable':null}",
            "{'when_unavailable':'refuse'}|{'when_unavailable':null}" })
    void mergesAtTheTopLevel(String change, String difference) {
        put(FULL).statusCode(200);

        put(change.replace('\'', '"')).statusCode(200);

        Map<String, Object> expected = new HashMap<>(JsonPath.from(FULL).getMap(""));
        if (change.contains("rate_limit")) {
            expected.put("rate_limit", Map.of());
        }
        if (difference != null) {
            JsonPath.from(difference.replace('\'', '"')).<String, Object> getMap("").forEach((field, value) -> {
                expected.put(field, value);
                expected.values().remove(null);
            });
        }
        assertEquals(expected, read());
    }

    // W-57: names what is wrong, and keeps nothing of the rest
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{'max_concurrent_calls':0}|max_concurrent_calls",
            "{'max_concurrent_calls':'9'}|max_concurrent_calls",
            "{'caller_limits':{'requests_per_minute':0}}|caller_limits.requests_per_minute",
            "{'caller_limits':{'requests_per_hour':-1}}|caller_limits.requests_per_hour",
            "{'caller_limits':{'requests_per_month':1.5}}|caller_limits.requests_per_month",
            "{'caller_limits':{'max_concurrent_calls':true}}|caller_limits.max_concurrent_calls",
            "{'caller_limits':{'requests_per_day':1}}|caller_limits.requests_per_day", "{'caller_limits':[]}|caller_limits",
            "{'tool_limits':7}|tool_limits", "{'tool_limits':{'a':7}}|tool_limits.a",
            "{'tool_limits':{'a':{'requests_per_hour':0}}}|tool_limits.a.requests_per_hour",
            "{'tool_limits':{'*':{'requests_per_hour':'1'}}}|tool_limits.*.requests_per_hour",
            "{'tool_limits':{'a':{'per_hour':1}}}|tool_limits.a.per_hour", "{'tool_limits':{'':{}}}|tool_limits.",
            "{'tool_limits':{'a b':{}}}|tool_limits.a b", "{'tool_limits':{'a*':{}}}|tool_limits.a*",
            "{'tool_limits':{'ä':{}}}|tool_limits.ä", "{'on_limit':'tell'}|on_limit", "{'on_limit':7}|on_limit",
            "{'when_unavailable':'yes'}|when_unavailable", "{'when_unavailable':true}|when_unavailable" })
    void namesWhatIsWrong(String body, String field) {
        put(FULL).statusCode(200);

        put("{\"ip_denylist\":[\"::1\"]," + body.replace('\'', '"').substring(1)).statusCode(400)
                .body("code", equalTo("validation_failed")).body("errors", hasKey(field));
        assertEquals(JsonPath.from(FULL).getMap(""), read());
    }

    @Test
    void boundsNamesAndTheirNumber() {
        String longest = "x".repeat(128);
        servers.body(Map.of("tool_limits", Map.of(longest, Map.of()))).put(path).then().statusCode(200);
        servers.body(Map.of("tool_limits", Map.of(longest + "x", Map.of()))).put(path).then().statusCode(400);
        Map<String, Object> many = IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> "t" + i, i -> Map.of()));
        servers.body(Map.of("tool_limits", many)).put(path).then().statusCode(200);
        many.put("more", Map.of());
        servers.body(Map.of("tool_limits", many)).put(path).then().statusCode(400).body("errors", hasKey("tool_limits"));
    }

    // W-57: everything that is wrong in one answer
    @Test
    void namesAllThatIsWrong() {
        put("{\"max_concurrent_calls\":0,\"rate_limit\":{\"requests_per_hour\":0},\"tool_limits\":{\"a\":"
                + "{\"requests_per_hour\":0},\"b c\":{}},\"caller_limits\":{\"requests_per_month\":0}}").statusCode(400)
                .body("errors.keySet()", containsInAnyOrder("max_concurrent_calls", "rate_limit.requests_per_hour",
                        "tool_limits.a.requests_per_hour", "tool_limits.b c", "caller_limits.requests_per_month"));
    }

    // P-31, P-32: each part of a policy is a change by itself, and what stays is none
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{'rate_limit':{'requests_per_minute':61}}|rate_limits_changed|requests_per_minute",
            "{'quota_limit':{'requests_per_month':5}}|quota_limits_changed|requests_per_month",
            "{'ip_allowlist':['10.0.0.1']}|ip_rules_changed|ip_allowlist",
            "{'ip_denylist':['10.0.0.1']}|ip_rules_changed|ip_denylist",
            "{'max_concurrent_calls':8}|concurrency_limits_changed|max_concurrent_calls",
            "{'caller_limits':{'requests_per_minute':2}}|caller_limits_changed|requests_per_minute",
            "{'tool_limits':{'free':{'requests_per_minute':2}}}|tool_limits_changed|free",
            "{'on_limit':null}|limit_modes_changed|tells_model",
            "{'when_unavailable':null}|limit_modes_changed|admits_uncounted", "{'on_limit':'tell_model'}||" })
    void notesEachPartThatChanged(String change, String verb, String field) {
        String id = deployment.api().queryParam("view", "full").get(SERVERS + "/" + handle).then().statusCode(200).extract()
                .path("_id");
        put(FULL).statusCode(200);
        int before = ledger.actions("mcp_server", id).size();

        put(change.replace('\'', '"')).statusCode(200);

        List<String> actions = ledger.actions("mcp_server", id);
        assertEquals(verb == null ? List.of() : List.of("mcp_server." + verb), actions.subList(before, actions.size()));
        if (verb != null) {
            assertEquals(true, ledger.last("mcp_server", id).changes().getMap("").containsKey(field));
        }
    }
}
