package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static io.gatehouse.contract.workato.ServersApi.ping;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.access.tokens.TokenUse;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** The tokens of a server beside its main one. */
@QuarkusTest
class ServerTokensContractDbTest {

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

    private JsonPath issue(String handle, Map<String, ?> body) {
        return servers.body(body).post(SERVERS + "/" + handle + "/tokens").then().statusCode(200).extract().jsonPath();
    }

    // G-18
    @Test
    void hasFurtherTokensBesideTheMainOne() {
        Published server = deployment.createServer();
        JsonPath nightly = issue(server.handle(), Map.of("name", "Nightly"));
        JsonPath daily = issue(server.handle(), Map.of("name", "Daily", "unknown", 1));

        assertEquals("Nightly", nightly.getString("name"));
        assertFalse(nightly.getBoolean("main"));
        for (String token : List.of(server.token(), nightly.getString("token"), daily.getString("token"))) {
            assertEquals(200, ping(server.handle(), token));
        }
        servers.get(server.handle(), "/tokens").statusCode(200).body("next_page", equalTo(false))
                .body("items.name", contains(notNullValue(), equalTo("Nightly"), equalTo("Daily")))
                .body("items.main", contains(true, false, false)).body("items", everyItem(not(hasKey("token"))));
        servers.get(server.handle(), "/tokens?per_page=2").body("items", hasSize(2)).body("next_page", equalTo(true));
    }

    // G-18, W-37
    @Test
    void renewsTheMainTokenOnly() {
        Published server = deployment.createServer();
        String named = issue(server.handle(), Map.of("name", "Stays")).getString("token");

        String fresh = servers.renew(server.handle()).extract().path("token");

        assertEquals(401, ping(server.handle(), server.token()));
        assertEquals(200, ping(server.handle(), named));
        assertEquals(200, ping(server.handle(), fresh));
        servers.get(server.handle(), "/tokens").body("items.findAll { it.main }", hasSize(1)).body("items", hasSize(2));
    }

    // G-18
    @Test
    void revokesATokenAtOnce() {
        Published server = deployment.createServer();
        Published other = deployment.createServer();
        JsonPath token = issue(server.handle(), Map.of("name", "Revoked"));
        String path = "/tokens/" + token.getInt("id");
        assertEquals(200, ping(server.handle(), token.getString("token")));

        deployment.api().delete(SERVERS + "/" + other.handle() + path).then().statusCode(404);
        assertEquals(200, ping(server.handle(), token.getString("token")));
        deployment.api().delete(SERVERS + "/" + server.handle() + path).then().statusCode(200)
                .body("$", equalTo(Map.of("success", true)));

        assertEquals(401, ping(server.handle(), token.getString("token")));
        assertEquals(200, ping(server.handle(), server.token()));
        deployment.api().delete(SERVERS + "/" + server.handle() + path).then().statusCode(404);
        servers.get(server.handle(), "/tokens").body("items", hasSize(1));
    }

    // G-18
    @Test
    void stopsToOpenWhenItExpires() {
        Published server = deployment.createServer();
        Instant expiry = Instant.now().plus(Duration.ofHours(1));
        JsonPath token = issue(server.handle(), Map.of("name", "Short", "expires_at", expiry.toString()));

        assertEquals(200, ping(server.handle(), token.getString("token")));
        clock.ahead(Duration.ofMinutes(59), () -> assertEquals(200, ping(server.handle(), token.getString("token"))));
        clock.ahead(Duration.ofMinutes(61), () -> {
            assertEquals(401, ping(server.handle(), token.getString("token")));
            assertEquals(200, ping(server.handle(), server.token()));
        });
        assertEquals(expiry.getEpochSecond(), Instant.parse(token.getString("expires_at")).getEpochSecond());
    }

    // G-18
    @Test
    void tellsWhenATokenWasLastUsed() throws Throwable {
        Published server = deployment.createServer();
        issue(server.handle(), Map.of("name", "Unused"));
        Instant before = clock.instant();
        assertEquals(200, ping(server.handle(), server.token()));

        VertxContextSupport.subscribeAndAwait(use::tell);
        // Whoever tells of it every few seconds may have been about to
        Await.until(() -> servers.get(server.handle(), "/tokens").extract().path("items[0].last_used_at") != null,
                () -> "Nothing tells of the use");

        JsonPath tokens = servers.get(server.handle(), "/tokens").body("items[1]", not(hasKey("last_used_at"))).extract()
                .jsonPath();
        assertFalse(Instant.parse(tokens.getString("items[0].last_used_at")).isBefore(before));
    }

    // G-18
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}|name", "{\"name\":null}|name", "{\"name\":\" \"}|name",
            "{\"name\":7}|name", "{\"name\":\"a\\u0000\"}|name", "{\"name\":\"\\ud800\"}|name",
            "{\"name\":\"LONG\"}|name", "{\"name\":\"x\",\"expires_at\":\"yesterday\"}|expires_at",
            "{\"name\":\"x\",\"expires_at\":\"2020-01-01T00:00:00Z\"}|expires_at",
            "{\"name\":\"x\",\"expires_at\":[]}|expires_at", "{\"name\":\"x\",\"expires_at\":true}|expires_at",
            "{\"name\":\"x\",\"expires_at\":4102444800}|expires_at",
            "{\"name\":\"x\",\"expires_at\":\"+10000-01-01T00:00:00Z\"}|expires_at",
            "{\"name\":\"x\",\"expires_at\":\"+999999999-12-31T23:59:59Z\"}|expires_at" })
    void namesTheFieldOfATokenThatIsWrong(String body, String field) {
        Published server = deployment.createServer();

        servers.body(body.replace("LONG", "x".repeat(301))).post(SERVERS + "/" + server.handle() + "/tokens").then()
                .statusCode(400).body("code", equalTo("validation_failed")).body("errors", hasKey(field));
        servers.get(server.handle(), "/tokens").body("items", hasSize(1));
    }

    // G-18, W-39
    @Test
    void givesNoTokenToAServerThatIsNotAccessedByTokens() {
        String handle = identity();

        servers.body(Map.of("name", "x")).post(SERVERS + "/" + handle + "/tokens").then().statusCode(400).body("code",
                equalTo("token_access_not_enabled"));
        servers.body(Map.of("name", "x")).post(SERVERS + "/nope/tokens").then().statusCode(404);
        for (String id : List.of("0", "-1", "x", "99999999999999999999")) {
            deployment.api().delete(SERVERS + "/" + handle + "/tokens/" + id).then().statusCode(404);
        }
    }
}
