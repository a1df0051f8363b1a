package io.gatehouse.contract.mcp;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.EventStream;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;

/** What pages in browsers may do (the Fetch standard, CORS protocol), and which hosts requests may be for. */
@QuarkusTest
class BrowsersContractDbTest {

    private static final String OURS = "http://gatehouse.test";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    private static Published server;

    @Inject
    Deployment deployment;
    @Inject
    BothDialects dialects;

    @BeforeEach
    void publish() {
        if (server == null) {
            server = deployment.createServer();
        }
    }

    private static RequestSpecification preflight(String origin) {
        return given().header("Origin", origin).header("Access-Control-Request-Method", "POST");
    }

    @ParameterizedTest
    @ValueSource(strings = { "known", "unknown" })
    void tellsPagesOfAllowedOriginsWhatTheyMaySend(String which) {
        preflight(OURS)
                .header("Access-Control-Request-Headers", "authorization,content-type, Mcp-Param-Region,mcp-param-,x-other")
                .options(which.equals("known") ? server.path() : "/mcp/nope").then().statusCode(204).body(emptyString())
                .header("Access-Control-Allow-Origin", OURS).header("Vary", "Origin")
                .header("Access-Control-Allow-Methods", "GET, POST, DELETE")
                .header("Access-Control-Allow-Headers", "authorization, content-type, accept, mcp-session-id, "
                        + "mcp-protocol-version, mcp-method, mcp-name, last-event-id, mcp-param-region")
                .header("Access-Control-Max-Age", "7200").header("Access-Control-Allow-Credentials", nullValue());
    }

    @Test
    void tellsPagesOfOtherOriginsNothing() {
        preflight("https://evil.test").options(server.path()).then().statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue()).header("Access-Control-Allow-Headers", nullValue());
    }

    @Test
    void takesOptionsForAPreflightOnlyWhereItIsOne() {
        given().auth().oauth2(server.token()).options(server.path()).then().statusCode(405);
        given().options(server.path()).then().statusCode(401);
    }

    @Test
    void letsPagesOfAllowedOriginsReadEveryAnswer() {
        readable(200, given().auth().oauth2(server.token()), PING, server.path()).body("result", equalTo(Map.of()));
        readable(200, given().auth().oauth2(server.token()), PING.replace("ping", "nope"), server.path());
        readable(400, given().auth().oauth2(server.token()), "{", server.path());
        readable(401, given(), PING, server.path()).header("WWW-Authenticate", "Bearer");
        readable(404, given(), PING, "/mcp/nope");
        readable(415, given().auth().oauth2(server.token()).contentType("text/plain"), PING, server.path());
    }

    private static ValidatableResponse readable(int status, RequestSpecification request, String body, String path) {
        return given().spec(request).header("Origin", OURS)
                .header("Content-Type", status == 415 ? "text/plain" : "application/json")
                .body(body).post(path).then().statusCode(status).header("Access-Control-Allow-Origin", OURS)
                .header("Vary", "Origin").header("Access-Control-Expose-Headers",
                        "Mcp-Session-Id, WWW-Authenticate, MCP-Protocol-Version, Retry-After, RateLimit, RateLimit-Policy");
    }

    @Test
    void letsPagesOfAllowedOriginsReadStreams() {
        try (EventStream stream = dialects.target("http://localhost").agent().listen("Origin", OURS)) {
            assertEquals(200, stream.status());
            assertEquals(OURS, stream.header("Access-Control-Allow-Origin"));
        }
    }

    @Test
    void saysNothingOfOriginsToWhoNamesNone() {
        given().auth().oauth2(server.token()).contentType("application/json").body(PING).post(server.path()).then()
                .statusCode(200).header("Access-Control-Allow-Origin", nullValue()).header("Vary", nullValue());
    }

    @Test
    void refusesPagesOfOtherOrigins() {
        given().auth().oauth2(server.token()).header("Origin", "https://evil.test").contentType("application/json").body(PING)
                .post(server.path()).then().statusCode(403).header("Access-Control-Allow-Origin", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = { "evil.test", "evil.test:8080", "gatehouse.test.evil.test" })
    void refusesRequestsForOtherHosts(String host) {
        given().auth().oauth2(server.token()).header("Host", host).contentType("application/json").body(PING)
                .post(server.path()).then().statusCode(403).body("error.code", equalTo(1403)).body("id", equalTo(1))
                .body("error.message", containsString("gatehouse.allowed-hosts"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "gatehouse.test", "GATEHOUSE.TEST:443", "localhost", "127.0.0.1:9", "[::1]:8080", "gateway" })
    void takesRequestsForItsOwnHostAndForAddresses(String host) {
        given().auth().oauth2(server.token()).header("Host", host).contentType("application/json").body(PING)
                .post(server.path()).then().statusCode(200);
    }
}
