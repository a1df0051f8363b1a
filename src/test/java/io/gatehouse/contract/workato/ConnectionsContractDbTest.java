package io.gatehouse.contract.workato;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.Ledger.Entry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code /api/connections} one by one: what is kept with them, changed, and not deleted. */
@QuarkusTest
class ConnectionsContractDbTest {

    private static final Map<String, String> LOGIN = Map.of("token_url", "https://login.test/token?a=b", "client_id",
            "gatehouse", "client_secret", "s3cret");
    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Orders, version: '1'}
            paths: {/orders: {get: {operationId: orders, responses: {}}}}
            security: [{key: []}]
            components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
            """;

    @Inject
    Deployment deployment;
    @Inject
    Ledger ledger;

    private ValidatableResponse post(Map<String, ?> input) {
        return deployment.api().body(Map.of("name", "c", "project_id", deployment.project(), "input", input))
                .post("/api/connections").then();
    }

    private String create(Map<String, ?> input) {
        return "/api/connections/" + post(input).statusCode(200).extract().path("id");
    }

    private ValidatableResponse put(String connection, String body) {
        return deployment.api().body(body).put(connection).then();
    }

    // G-10
    @Test
    void showsWhereAccessTokensComeFromButNotTheSecret() {
        Map<String, String> input = new HashMap<>(LOGIN);
        input.putAll(Map.of("scope", " a b ", "resource", "urn:orders", "audience", "aud", "client_authentication",
                "client_secret_post"));

        JsonPath made = post(input).statusCode(200).body("authentication_type", equalTo("client_credentials"))
                .body("input", equalTo(Map.of("token_url", "https://login.test/token?a=b", "client_id", "gatehouse",
                        "scope", "a b", "resource", "urn:orders", "audience", "aud", "client_authentication",
                        "client_secret_post")))
                .extract().jsonPath();

        assertFalse(made.prettify().contains("s3cret"));
        String read = deployment.api().get("/api/connections/" + made.getInt("id")).then().statusCode(200).extract()
                .asString();
        assertEquals(made.getMap("input"), JsonPath.from(read).getMap("input"));
        deployment.api().get("/api/connections").then().statusCode(200).body(not(containsString("s3cret")));
        Entry entry = ledger.last("connection", made.getInt("id"));
        assertEquals("https://login.test/token?a=b", entry.changes().getString("token_url.after"));
        assertEquals("******", entry.changes().getString("secret.after"));
        assertFalse(entry.changes().prettify().contains("s3cret"));
    }

    @Test
    void showsTheSecretByBasicUnlessToldOtherwise() {
        post(LOGIN).statusCode(200).body("input", equalTo(Map.of("token_url", "https://login.test/token?a=b",
                "client_id", "gatehouse", "client_authentication", "client_secret_basic")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "token_url||input.token_url", "token_url|ftp://x.test|input.token_url",
            "token_url|/token|input.token_url", "token_url|https://u:p@x.test|input.token_url",
            "token_url|https://x.test/#a|input.token_url", "token_url|https:// x|input.token_url",
            "client_id||input.client_id", "client_id|é|input.client_id", "client_secret||input.client_secret",
            "client_secret|é|input.client_secret", "scope|a  b|input.scope", "scope|a\"b|input.scope",
            "resource|orders|input.resource", "resource|https://x.test/#a|input.resource", "resource|a b|input.resource",
            "client_authentication|private_key_jwt|input.client_authentication", "token|t|input" })
    void namesTheFieldThatIsWrong(String name, String value, String field) {
        Map<String, String> input = new HashMap<>(LOGIN);
        input.put(name, value);

        post(input).statusCode(400).body("errors", hasKey(field)).body(not(containsString("s3cret")));
    }

    // G-10
    @Test
    void changesWhatIsGivenAndNothingElse() {
        String connection = create(LOGIN);

        put(connection, "{}").statusCode(200).body("name", equalTo("c")).body("input.client_id", equalTo("gatehouse"));
        put(connection, "{\"name\":\"d\",\"base_url\":\"https://orders.test/v1/\"}").statusCode(200)
                .body("name", equalTo("d")).body("base_url", equalTo("https://orders.test/v1"));
        put(connection, "{\"input\":{\"scope\":\"a\"}}").statusCode(200).body("input.scope", equalTo("a"))
                .body("input.token_url", equalTo("https://login.test/token?a=b"));
        put(connection, "{\"base_url\":\"\",\"input\":{\"scope\":\"\",\"client_authentication\":\"client_secret_post\"}}")
                .statusCode(200).body("base_url", nullValue()).body("input.scope", nullValue());

        deployment.api().get(connection).then().statusCode(200).body("name", equalTo("d"))
                .body("base_url", nullValue()).body("input", equalTo(Map.of("token_url", "https://login.test/token?a=b",
                        "client_id", "gatehouse", "client_authentication", "client_secret_post")));
        List<Entry> entries = ledger.entries("connection", connection.replaceFirst(".*/", ""));
        assertEquals(List.of("connection.created", "connection.changed", "connection.changed", "connection.changed"),
                entries.stream().map(Entry::action).toList());
        assertEquals("d", entries.get(1).changes().getString("name.after"));
        assertEquals(List.of("scope"), List.copyOf(entries.get(2).changes().getMap("").keySet()));
    }

    @Test
    void changesTheKindOnlyTogetherWithItsSecret() {
        String connection = create(Map.of("api_key", "k", "name", "X-Key", "in", "query"));

        put(connection, "{\"input\":{\"in\":\"header\"}}").statusCode(200).body("in", equalTo("header"))
                .body("parameter", equalTo("X-Key"));
        put(connection, "{\"input\":{\"token_url\":\"https://x.test\",\"client_id\":\"c\"}}").statusCode(400)
                .body("errors", hasKey("input.client_secret"));
        put(connection, "{\"input\":{\"username\":\"u\",\"password\":\"p\"}}").statusCode(200)
                .body("authentication_type", equalTo("basic")).body("parameter", nullValue());
        put(connection, "{\"input\":{\"token\":\"t\"}}").statusCode(200).body("authentication_type", equalTo("bearer"));
        put(connection, "{\"input\":{\"scope\":\"a\"}}").statusCode(400).body("errors", hasKey("input.client_id"));
        deployment.api().get(connection).then().body("authentication_type", equalTo("bearer"));
    }

    @Test
    void usesAChangedSecretFromTheNextCallOn() {
        try (BackEnd backEnd = new BackEnd()) {
            int collection = deployment.importDocument(DOCUMENT).getInt("id");
            int connection = deployment.api()
                    .body(Map.of("name", "c", "api_collection_id", collection, "base_url", backEnd.url() + "/one",
                            "input", Map.of("api_key", "old")))
                    .post("/api/connections").then().statusCode(200).extract().path("id");
            Published server = deployment.createServer();
            deployment.assign(server, List.of(deployment.api().queryParam("api_collection_id", collection)
                    .get("/api/api_endpoints").then().extract().<Integer> path("items[0].id")));
            Map<String, Object> call = Map.of("name", "orders", "arguments", Map.of());
            Deployment.call(server, "tools/call", call);
            assertEquals("old", backEnd.take().headers().get("X-Key"));

            put("/api/connections/" + connection,
                    "{\"base_url\":\"" + backEnd.url() + "/two\",\"input\":{\"api_key\":\"new\"}}").statusCode(200);
            Deployment.call(server, "tools/call", call);

            BackEnd.Request last = backEnd.take();
            assertEquals("/two/orders new", last.uri() + " " + last.headers().get("X-Key"));
        }
    }

    // G-10
    @Test
    void deletesAConnectionThatNothingUses() {
        String connection = create(LOGIN);

        deployment.api().delete(connection).then().statusCode(200).body("success", equalTo(true));

        deployment.api().get(connection).then().statusCode(404);
        put(connection, "{}").statusCode(404);
        deployment.api().delete(connection).then().statusCode(404);
        assertEquals("connection.deleted", ledger.last("connection", connection.replaceFirst(".*/", "")).action());
    }

    @Test
    void keepsAConnectionThatSomethingUsesAndSaysWhat() {
        int collection = deployment.importDocument(DOCUMENT).getInt("id");
        String connection = "/api/connections/" + deployment.api().body(Map.of("name", "c", "api_collection_id",
                collection, "input", Map.of("api_key", "k"))).post("/api/connections").then().extract().path("id");

        deployment.api().delete(connection).then().statusCode(409).body("code", equalTo("connection_in_use"))
                .body("message", equalTo("The connection is used by the API collection \"API\""));

        deployment.api().body(Map.of("name", "d", "api_collection_id", collection)).post("/api/connections").then()
                .statusCode(200);
        deployment.api().delete(connection).then().statusCode(200);
    }

    @Test
    void findsNoConnectionUnderWhatIsNoId() {
        for (String id : List.of("x", "999999")) {
            deployment.api().get("/api/connections/" + id).then().statusCode(404);
            put("/api/connections/" + id, "{}").statusCode(404);
            deployment.api().delete("/api/connections/" + id).then().statusCode(404);
        }
    }
}
