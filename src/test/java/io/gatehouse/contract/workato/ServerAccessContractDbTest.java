package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static io.gatehouse.contract.workato.ServersApi.ping;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.access.tokens.TokenUse;
import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** What opens a server: its way in and its main token. */
@QuarkusTest
class ServerAccessContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;
    @Inject
    MovableClock clock;
    @Inject
    TokenUse use;

    private String identity() {
        Map<String, Object> body = servers.named("identity");
        body.put("authentication_method", "workato_idp");
        return servers.create(body).statusCode(200).body("mcp_url", matchesPattern("[^?]+")).extract().path("handle");
    }

    private ValidatableResponse open(String handle, String method) {
        Map<String, Object> body = servers.named("switched");
        body.put("authentication_method", method);
        return servers.body(body).put(SERVERS + "/" + handle).then();
    }

    // W-37, W-38
    @Test
    void renewsTheTokenAtOnce() {
        Published server = deployment.createServer();
        String current = server.token();

        for (int i = 0; i < 5; i++) {
            assertEquals(200, ping(server.handle(), current));
            String fresh = servers.renew(server.handle()).statusCode(200).body("keySet()", contains("token")).extract()
                    .path("token");
            assertEquals(401, ping(server.handle(), current));
            assertEquals(200, ping(server.handle(), fresh));
            current = fresh;
        }
        servers.renew("nope").statusCode(404).body("code", equalTo("not_found"));
    }

    // W-39
    @ParameterizedTest
    @ValueSource(strings = { "workato_idp", "sso" })
    void renewsNoTokenWhereAccessIsNotByToken(String method) {
        Map<String, Object> body = servers.named("identity");
        body.put("authentication_method", method);
        String handle = servers.create(body).statusCode(200).extract().path("handle");

        servers.renew(handle).statusCode(400).body("code", equalTo("token_access_not_enabled")).body("message",
                notNullValue());
    }

    // W-39
    @Test
    void leavesOneGoodTokenAfterConcurrentRenewals() {
        Published server = deployment.createServer();
        deployment.token();

        List<String> tokens = AtOnce.times(8,
                i -> servers.renew(server.handle()).statusCode(200).extract().path("token"));

        assertEquals(8, tokens.stream().distinct().count());
        assertEquals(1, tokens.stream().filter(token -> ping(server.handle(), token) == 200).count());
        assertEquals(401, ping(server.handle(), server.token()));
    }

    // W-22, W-23
    @ParameterizedTest
    @ValueSource(strings = { "workato_idp", "sso" })
    void losesItsTokensWithTokenAccess(String method) {
        Published server = deployment.createServer();
        String named = issue(server.handle(), Map.of("name", "n")).getString("token");
        assertEquals(200, ping(server.handle(), server.token()));
        assertEquals(200, ping(server.handle(), named));

        open(server.handle(), method).statusCode(200).body("authentication_method", equalTo(method));

        assertEquals(List.of(401, 401), List.of(ping(server.handle(), server.token()), ping(server.handle(), named)));
        servers.renew(server.handle()).statusCode(400);
        open(server.handle(), "token").statusCode(200).body("authentication_method", equalTo("token"));
        assertEquals(List.of(401, 401), List.of(ping(server.handle(), server.token()), ping(server.handle(), named)));
        String fresh = servers.renew(server.handle()).statusCode(200).extract().path("token");
        assertEquals(200, ping(server.handle(), fresh));
    }

    // W-22, W-34: the alias is no switch, and neither is silence
    @Test
    void keepsItsTokensWhereTheWayInStays() {
        Published server = deployment.createServer();

        open(server.handle(), "hashed_token").statusCode(200).body("authentication_method", equalTo("token"));
        servers.body(servers.named("silent")).put(SERVERS + "/" + server.handle()).then().statusCode(200);
        open(server.handle(), "magic").statusCode(400).body("errors", hasKey("authentication_method"));

        assertEquals(200, ping(server.handle(), server.token()));
        String identity = identity();
        servers.body(servers.named("silent")).put(SERVERS + "/" + identity).then().statusCode(200)
                .body("authentication_method", equalTo("workato_idp"));
    }

    private JsonPath issue(String handle, Map<String, ?> body) {
        return servers.body(body).post(SERVERS + "/" + handle + "/tokens").then().statusCode(200).extract().jsonPath();
    }
}
