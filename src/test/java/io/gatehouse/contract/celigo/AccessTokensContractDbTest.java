package io.gatehouse.contract.celigo;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code /v1/accesstokens}: clients of the management API, and tokens that open servers. */
@QuarkusTest
class AccessTokensContractDbTest {

    private static final String TOKENS = "/v1/accesstokens";
    private static final String WORKATO = "/api/mcp/mcp_servers/";

    @Inject
    Deployment deployment;

    private ValidatableResponse post(Map<String, ?> body) {
        return deployment.api().body(body).post(TOKENS).then();
    }

    private ValidatableResponse put(String id, Map<String, ?> body) {
        return deployment.api().body(body).put(TOKENS + "/" + id).then();
    }

    private String objectId(Published server) {
        return deployment.api().get(WORKATO + server.handle() + "?view=full").then().extract().path("_id");
    }

    private static int ping(Published server, String token) {
        return given().auth().oauth2(token).contentType(ContentType.JSON)
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").post(server.path()).statusCode();
    }

    // G-2, G-18
    @Test
    void opensSeveralServersUntilItIsRevoked() {
        Published one = deployment.createServer();
        Published other = deployment.createServer();
        List<String> ids = List.of(objectId(one), objectId(other));
        JsonPath token = post(Map.of("name", "Both", "_mcpServerIds", ids)).statusCode(201)
                .body("token", matchesPattern("gmt_.{43}")).body("fullAccess", equalTo(false)).extract().jsonPath();
        String id = token.getString("_id");

        assertEquals(List.of(200, 200), List.of(ping(one, token.getString("token")), ping(other, token.getString("token"))));
        deployment.api().get(TOKENS + "/" + id).then().statusCode(200).body("token", equalTo("******"));
        deployment.api().delete(TOKENS + "/" + id).then().statusCode(422)
                .body("errors[0].code", equalTo("access_token_not_revoked"));

        put(id, Map.of("name", "Both", "_mcpServerIds", ids, "revoked", true)).statusCode(200).body("revoked", equalTo(true));
        assertEquals(List.of(401, 401), List.of(ping(one, token.getString("token")), ping(other, token.getString("token"))));
        put(id, Map.of("name", "Renamed", "_mcpServerIds", ids)).statusCode(200).body("revoked", equalTo(true));

        deployment.api().delete(TOKENS + "/" + id).then().statusCode(204);
        deployment.api().get(TOKENS + "/" + id).then().statusCode(404);
        deployment.api().get(TOKENS + "?limit=1000").then().body("_id", not(hasItem(id)));
    }

    // G-2
    @Test
    void managesTheAccountUntilItIsRevoked() {
        JsonPath token = post(Map.of("name", "Manager", "fullAccess", true)).statusCode(201).extract().jsonPath();
        String id = token.getString("_id");

        given().auth().oauth2(token.getString("token")).get("/api/users/me").then().statusCode(200);
        deployment.api().get("/api/developer_api_clients?per_page=100").then().body("items.name", hasItem("Manager"));
        put(id, Map.of("name", "Manager", "fullAccess", true, "revoked", true)).statusCode(200);
        given().auth().oauth2(token.getString("token")).get(TOKENS).then().statusCode(401)
                .body("message", equalTo("Bearer Authentication Failed"));
        deployment.api().delete(TOKENS + "/" + id).then().statusCode(204);
    }

    // G-18, W-39
    @Test
    void keepsRenewalOfOneServerAwayFromAnother() {
        Published one = deployment.createServer();
        Published other = deployment.createServer();
        String main = deployment.api().get(dependencies(one)).then().extract().path("accesstokens[0].id");
        put(main, Map.of("name", "Shared", "_mcpServerIds", List.of(objectId(one), objectId(other)))).statusCode(200);

        deployment.api().post(WORKATO + other.handle() + "/token_renew").then().statusCode(200);

        assertEquals(200, ping(one, one.token()));
        assertEquals(200, ping(other, one.token()));
        assertEquals(401, ping(other, other.token()));
    }

    private String dependencies(Published server) {
        return "/v1/mcpservers/" + objectId(server) + "/dependencies";
    }

    // G-2
    @Test
    void letsManyChangeItAtOnce() {
        List<String> ids = List.of(objectId(deployment.createServer()), objectId(deployment.createServer()));
        String id = post(Map.of("name", "Many", "_mcpServerIds", ids.subList(0, 1))).extract().path("_id");

        List<Integer> answers = AtOnce.times(16,
                i -> put(id, Map.of("name", "Many", "_mcpServerIds", i % 2 == 0 ? ids : ids.subList(1, 2))).extract()
                        .statusCode());

        assertEquals(Set.of(200), Set.copyOf(answers));
    }

    // C-9
    @ParameterizedTest
    @ValueSource(strings = { "garbage", ";q=", "a/b, x" })
    void refusesWhatIsNoListOfMediaTypes(String accept) {
        deployment.api().header("Accept", accept).get(TOKENS).then().statusCode(400);
    }

    // D-7, W-23
    @Test
    void opensNoServerThatIsNotAccessedByTokens() {
        Published server = deployment.createServer();
        String id = objectId(server);
        deployment.api().body(Map.of("name", "S", "folder_id", deployment.folder(), "authentication_method", "workato_idp"))
                .put(WORKATO + server.handle()).then().statusCode(200);

        post(Map.of("name", "Late", "_mcpServerIds", List.of(id))).statusCode(422)
                .body("errors[0].code", equalTo("token_access_not_enabled"))
                .body("errors[0].field", equalTo("_mcpServerIds.0"));
    }

    // G-2
    @Test
    void keepsItsEndUnlessTheRequestSaysOtherwise() {
        Published server = deployment.createServer();
        Map<String, Object> body = new HashMap<>(Map.of("name", "Ending", "_mcpServerIds", List.of(objectId(server))));
        String end = Instant.now().plus(7, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
        body.put("autoPurgeAt", end);
        String id = post(body).statusCode(201).body("autoPurgeAt", equalTo(end)).extract().path("_id");

        body.remove("autoPurgeAt");
        put(id, body).statusCode(200).body("autoPurgeAt", equalTo(end));
        body.put("autoPurgeAt", null);
        put(id, body).statusCode(200).body("autoPurgeAt", nullValue());
    }

    // C-6, C-7
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}|name,_mcpServerIds",
            "{\"name\":\"t\",\"fullAccess\":\"x\"}|fullAccess,_mcpServerIds",
            "{\"name\":\"t\",\"fullAccess\":true,\"_mcpServerIds\":[\"000000000000000000000000\"]}|fullAccess",
            "{\"name\":\"t\",\"_mcpServerIds\":[\"000000000000000000000000\"]}|_mcpServerIds.0",
            "{\"name\":\"t\",\"_mcpServerIds\":[7]}|_mcpServerIds.0",
            "{\"name\":\"t\",\"_mcpServerIds\":[\"x\",\"a\\u0000b\"]}|_mcpServerIds.0,_mcpServerIds.1",
            "{\"name\":\"t\",\"fullAccess\":true,\"_apiIds\":[\"x\"],\"autoPurgeAt\":\"soon\"}|_apiIds.0,autoPurgeAt",
            "{\"name\":\"t\",\"fullAccess\":true,\"autoPurgeAt\":\"2001-01-01T00:00:00Z\"}|autoPurgeAt",
            "{\"name\":\"t\",\"fullAccess\":true,\"autoPurgeAt\":\"2099-01-01T00:00:00Z\"}|autoPurgeAt" })
    void tellsAllThatIsWrong(String body, String fields) {
        deployment.api().body(body).post(TOKENS).then().statusCode(422)
                .body("errors.field", contains(fields.split(",")));
    }

    // G-4
    @Test
    void showsProjectsAsIntegrations() {
        String name = "Integration " + System.nanoTime();
        String id = deployment.api().body(Map.of("name", name)).post("/v1/integrations").then().statusCode(201)
                .body("name", equalTo(name)).extract().path("_id");

        deployment.api().get("/api/projects?per_page=100").then().body("items.name", hasItem(name));
        deployment.api().body(Map.of("name", name + "!")).put("/v1/integrations/" + id).then().statusCode(200)
                .body("name", equalTo(name + "!"));
        deployment.api().delete("/v1/integrations/" + id).then().statusCode(204);
        deployment.api().get("/v1/integrations/" + id).then().statusCode(404);
    }
}
