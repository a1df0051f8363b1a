package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** The policy of a server. */
@QuarkusTest
class ServerPoliciesContractDbTest {

    private static final String FULL = """
            {"rate_limit": {"requests_per_minute": 60, "requests_per_hour": 1000},
             "quota_limit": {"requests_per_month": 50000},
             "ip_allowlist": ["10.0.0.0/8", "2001:db8::/32"], "ip_denylist": ["10.1.2.3"]}""";

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;

    private String path;

    @BeforeEach
    void createAServer() {
        path = SERVERS + "/" + deployment.createServer().handle() + "/server_policies";
    }

    private ValidatableResponse put(String body) {
        return servers.body(body).put(path).then();
    }

    private Map<String, Object> read() {
        return deployment.api().get(path).then().statusCode(200).extract().jsonPath().getMap("");
    }

    // W-53
    @Test
    void showsNoLimitsWhereNoneWereSet() {
        deployment.api().get(path).then().statusCode(200).body("ip_allowlist", empty()).body("ip_denylist", empty())
                .body("rate_limit", equalTo(Map.of())).body("quota_limit", equalTo(Map.of()))
                .body("keySet()", containsInAnyOrder("rate_limit", "quota_limit", "ip_allowlist", "ip_denylist"));
        deployment.api().get(SERVERS + "/nope/server_policies").then().statusCode(404).body("code", equalTo("not_found"));
    }

    // W-54, W-55
    @Test
    void keepsAndShowsAWholePolicy() {
        put(FULL).statusCode(200).body("$", equalTo(JsonPath.from(FULL).getMap("")));

        assertEquals(JsonPath.from(FULL).getMap(""), read());
        servers.body(FULL).put(SERVERS + "/nope/server_policies").then().statusCode(404);
    }

    // W-56: at the top level what is left out stays, null clears, and what is there replaces whole
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{}|{}",
            "{\"rate_limit\":{\"requests_per_minute\":5}}|{\"rate_limit\":{\"requests_per_minute\":5}}",
            "{\"rate_limit\":{}}|{\"rate_limit\":{}}", "{\"rate_limit\":null}|{\"rate_limit\":{}}",
            "{\"rate_limit\":{\"requests_per_minute\":null,\"requests_per_hour\":7}}|{\"rate_limit\":{\"requests_per_hour\":7}}",
            "{\"quota_limit\":null}|{\"quota_limit\":{}}", "{\"quota_limit\":{}}|{\"quota_limit\":{}}",
            "{\"quota_limit\":{\"requests_per_month\":1}}|{\"quota_limit\":{\"requests_per_month\":1}}",
            "{\"ip_allowlist\":null}|{\"ip_allowlist\":[]}", "{\"ip_allowlist\":[]}|{\"ip_allowlist\":[]}",
            "{\"ip_allowlist\":[\"::1\"]}|{\"ip_allowlist\":[\"::1\"]}", "{\"ip_denylist\":null}|{\"ip_denylist\":[]}",
            "{\"ip_denylist\":null,\"rate_limit\":null,\"unknown\":7}|{\"ip_denylist\":[],\"rate_limit\":{}}" })
    void mergesAtTheTopLevel(String change, String difference) {
        put(FULL).statusCode(200);

        JsonPath after = put(change).statusCode(200).extract().jsonPath();

        Map<String, Object> expected = JsonPath.from(FULL).getMap("");
        expected.putAll(JsonPath.from(difference).getMap(""));
        assertEquals(expected, after.getMap(""));
        assertEquals(expected, read());
    }

    // W-57: both families, each in its normal form and once
    @ParameterizedTest
    @CsvSource({ "10.1.2.3,10.1.2.3", "10.1.2.3/32,10.1.2.3", "10.1.2.3/8,10.0.0.0/8", "0.0.0.0/0,0.0.0.0/0",
            "2001:DB8:0:0:0:0:0:1,2001:db8::1", "2001:db8::1/128,2001:db8::1", "2001:db8:1::ff/32,2001:db8::/32",
            "::/0,::/0", "::ffff:10.1.2.3,10.1.2.3", "' 10.1.2.3 ',10.1.2.3" })
    void normalisesAddresses(String given, String kept) {
        servers.body(Map.of("ip_allowlist", List.of(given, kept, given), "ip_denylist", List.of(given))).put(path).then()
                .statusCode(200).body("ip_allowlist", contains(kept)).body("ip_denylist", contains(kept));
    }

    // W-57: names each element that is none, and keeps nothing of the rest
    @ParameterizedTest
    @ValueSource(strings = { "", " ", "x", "10.1.2", "10.1.2.256", "10.1.2.3/33", "10.1.2.3/-1", "10.1.2.3/", "1",
            "010.1.2.3", "10.1.*.*", "10.1.2.3-5", "::1/129", ":::", "2001:db8::g", "[::1]", "fe80::1%eth0",
            "example.com", "10.0.0.0/255.0.0.0", "10.1.2.3:80", "\u0661.1.1.1" })
    void namesTheAddressThatIsNone(String wrong) {
        put(FULL).statusCode(200);

        servers.body(Map.of("ip_allowlist", List.of("10.0.0.1", wrong), "ip_denylist", List.of("::1", "::2", wrong),
                "rate_limit", Map.of("requests_per_minute", 3))).put(path).then().statusCode(400)
                .body("code", equalTo("validation_failed")).body("errors", hasKey("ip_allowlist.1"))
                .body("errors", hasKey("ip_denylist.2"));
        assertEquals(JsonPath.from(FULL).getMap(""), read());
    }

    // W-57
    @ParameterizedTest
    @ValueSource(strings = { "0", "-1", "2147483648", "-2147483648", "99999999999999999999", "1.5", "1e3", "\"60\"", "true",
            "[]", "{}" })
    void wantsLimitsToBeWholeNumbersFromOne(String limit) {
        for (String field : List.of("rate_limit.requests_per_minute", "rate_limit.requests_per_hour",
                "quota_limit.requests_per_month")) {
            String[] names = field.split("\\.");
            put("{\"" + names[0] + "\":{\"" + names[1] + "\":" + limit + "}}").statusCode(400)
                    .body("code", equalTo("validation_failed")).body("errors", hasKey(field));
        }
        assertEquals(Map.of(), read().get("rate_limit"));
    }

    // W-57
    @ParameterizedTest
    @ValueSource(ints = { 1, 2_147_483_647 })
    void takesLimitsUpToTheLargest(int limit) {
        put("{\"rate_limit\":{\"requests_per_minute\":" + limit + ",\"requests_per_hour\":" + limit
                + "},\"quota_limit\":{\"requests_per_month\":" + limit + "}}").statusCode(200)
                .body("rate_limit.requests_per_hour", equalTo(limit));
        assertEquals(Map.of("requests_per_month", limit), read().get("quota_limit"));
    }

    // W-7, W-54
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{\"rate_limit\":7}|rate_limit",
            "{\"rate_limit\":[]}|rate_limit", "{\"rate_limit\":\"x\"}|rate_limit", "{\"quota_limit\":[1]}|quota_limit",
            "{\"quota_limit\":false}|quota_limit", "{\"ip_allowlist\":\"10.0.0.1\"}|ip_allowlist",
            "{\"ip_allowlist\":{}}|ip_allowlist", "{\"ip_allowlist\":[7]}|ip_allowlist.0",
            "{\"ip_allowlist\":[\"::1\",null]}|ip_allowlist.1", "{\"ip_denylist\":[[\"::1\"]]}|ip_denylist.0",
            "{\"ip_denylist\":[{}]}|ip_denylist.0", "{\"ip_denylist\":[\"\\u0000\"]}|ip_denylist.0",
            "{\"ip_denylist\":[\"\\ud800\"]}|ip_denylist.0" })
    void namesTheFieldOfTheWrongType(String body, String field) {
        put(body).statusCode(400).body("code", equalTo("validation_failed")).body("errors", hasKey(field));
    }

    // W-57: everything that is wrong in one answer
    @Test
    void namesAllThatIsWrong() {
        put("{\"rate_limit\":{\"requests_per_minute\":0,\"requests_per_hour\":-1},\"quota_limit\":"
                + "{\"requests_per_month\":0},\"ip_allowlist\":[\"x\"],\"ip_denylist\":[\"y\"]}").statusCode(400)
                .body("errors.keySet()", containsInAnyOrder("rate_limit.requests_per_minute",
                        "rate_limit.requests_per_hour", "quota_limit.requests_per_month", "ip_allowlist.0",
                        "ip_denylist.0"));
    }

    @Test
    void boundsHowManyAddressesThereAre() {
        List<String> many = IntStream.range(0, 1_001).mapToObj(i -> "10.0." + i / 256 + "." + i % 256).toList();

        servers.body(Map.of("ip_denylist", many)).put(path).then().statusCode(400).body("errors", hasKey("ip_denylist"));
        servers.body(Map.of("ip_denylist", many.subList(0, 1_000))).put(path).then().statusCode(200)
                .body("ip_denylist.size()", equalTo(1_000));
        assertTrue(read().containsKey("ip_denylist"));
    }
}
