package io.gatehouse.journey;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** Calls of tools whose back end wants an access token that Gatehouse gets in its own name (RFC 6749, section 4.4). */
@QuarkusTest
class ClientCredentialsDbTest {

    private static final String SECRET = "s3cret+of a client";
    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Orders, version: '1'}
            paths: {/orders: {get: {operationId: orders, responses: {'200': {content: {application/json: {}}}}}}}
            security: [{login: []}]
            components: {securitySchemes: {login: {type: oauth2, flows: {}}}}
            """;

    private final BackEnd backEnd = new BackEnd();
    private final BackEnd login = new BackEnd();
    private final AtomicInteger issued = new AtomicInteger();
    private int connection;

    @Inject
    Deployment deployment;
    @Inject
    MovableClock clock;

    @AfterEach
    void stop() {
        backEnd.close();
        login.close();
    }

    /** A fresh token each time. */
    private Consumer<HttpServerResponse> tokens(String more) {
        return response -> BackEnd.json("{\"access_token\":\"t" + issued.incrementAndGet()
                + "\",\"token_type\":\"Bearer\"" + more + "}").accept(response);
    }

    private Published publish(Map<String, String> more) {
        JsonPath collection = deployment.importDocument(DOCUMENT);
        Map<String, String> input = new HashMap<>(Map.of("token_url", login.url() + "/token?tenant=1", "client_id",
                "gate:house", "client_secret", SECRET));
        input.putAll(more);
        connection = deployment.api()
                .body(Map.of("name", "Orders login", "api_collection_id", collection.getInt("id"), "base_url",
                        backEnd.url(), "input", input))
                .post("/api/connections").then().statusCode(200)
                .body("authentication_type", equalTo("client_credentials")).extract().path("id");
        Published server = deployment.createServer();
        deployment.assign(server, collection.getList("import_report.tools.id"));
        return server;
    }

    private static JsonPath call(Published server) {
        return Deployment.call(server, "tools/call", Map.of("name", "orders", "arguments", Map.of()));
    }

    private static String failure(Published server) {
        JsonPath answer = call(server);
        assertTrue(answer.getBoolean("result.isError"), answer.prettify());
        return answer.getString("result.content[0].text");
    }

    private static void works(Published server) {
        JsonPath answer = call(server);
        assertFalse(answer.getBoolean("result.isError"), answer.prettify());
    }

    private static List<BackEnd.Request> taken(BackEnd from) {
        List<BackEnd.Request> all = new ArrayList<>();
        for (BackEnd.Request next = from.take(); next != null; next = from.take()) {
            all.add(next);
        }
        return all;
    }

    private List<String> shown() {
        return taken(backEnd).stream().map(request -> request.headers().get("Authorization")).toList();
    }

    @Test
    void asksOnceForManyCalls() throws Exception {
        BlockingQueue<HttpServerResponse> waiting = new LinkedBlockingQueue<>();
        login.answers(waiting::add);
        Published server = publish(Map.of("scope", "orders.read orders.write"));

        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(CompletableFuture.runAsync(() -> works(server), AtOnce.THREADS));
        }
        tokens(",\"expires_in\":3600").accept(waiting.poll(30, TimeUnit.SECONDS));
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        works(server);

        assertEquals(List.of("Bearer t1"), shown().stream().distinct().toList());
        List<BackEnd.Request> asked = taken(login);
        assertEquals(1, asked.size());
        assertEquals("POST /token?tenant=1", asked.get(0).method() + " " + asked.get(0).uri());
        assertEquals("grant_type=client_credentials&scope=orders.read+orders.write", asked.get(0).body());
        assertEquals("Basic " + Base64.getEncoder().encodeToString(
                "gate%3Ahouse:s3cret%2Bof+a+client".getBytes(StandardCharsets.UTF_8)),
                asked.get(0).headers().get("Authorization"));
    }

    @Test
    void showsTheSecretInTheBodyWhereItIsWantedThere() {
        login.answers(tokens(""));
        Published server = publish(Map.of("client_authentication", "client_secret_post", "resource",
                "https://orders.test/v2?a=b", "audience", "orders"));

        works(server);

        BackEnd.Request asked = login.take();
        assertNull(asked.headers().get("Authorization"));
        assertEquals(List.of("audience=orders", "client_id=gate%3Ahouse", "client_secret=s3cret%2Bof+a+client",
                "grant_type=client_credentials", "resource=https%3A%2F%2Forders.test%2Fv2%3Fa%3Db"),
                List.of(asked.body().split("&")).stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = { ",\"expires_in\":3600|PT58M|PT59M1S",
            ",\"expires_in\":100|PT80S|PT91S", ",\"expires_in\":\"100\"|PT80S|PT91S", "''|PT4M|PT5M",
            ",\"expires_in\":1e300|PT23H|PT24H", ",\"expires_in\":0|-|PT0S", ",\"expires_in\":-1|-|PT0S" })
    void usesATokenUntilShortlyBeforeItExpires(String lifetime, Duration good, Duration over) {
        login.answers(tokens(lifetime));
        Published server = publish(Map.of());
        works(server);

        if (good != null) {
            clock.ahead(good, () -> works(server));
            assertEquals(1, taken(login).size());
        }
        clock.ahead(over, () -> works(server));
        assertEquals("Bearer t2", shown().get(good == null ? 1 : 2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "401|application/json|{\"error\":\"invalid_client\"}|the token endpoint refused: invalid_client",
            "400|application/json|{\"error\":\"invalid_scope\",\"error_description\":\"never of s3cret+of a client or s3cret%2Bof+a+client\"}"
                    + "|the token endpoint refused: invalid_scope (never of ****** or ******)",
            "200|application/json|{\"error\":\"unauthorized_client\"}|the token endpoint refused: unauthorized_client",
            "500|text/html|<html>s3cret+of a client|the token endpoint answered 500",
            "503|application/json|{}|the token endpoint answered 503",
            "500|application/json|{\"access_token\":\"t\",\"token_type\":\"bearer\"}|the token endpoint answered 500",
            "307|text/plain|-|the token endpoint answered 307",
            "200|text/html|<html>|the token endpoint answered 200 with what is no token response",
            "200|application/json|{\"access_token\":\"t\"}|Missing JSON object member with key token_type",
            "200|application/json|{\"access_token\":\"t\",\"token_type\":\"DPoP\"}|the token endpoint gives no bearer tokens",
            "200|application/json|{\"access_token\":\"a\\r\\nb: c\",\"token_type\":\"Bearer\"}|a token that fits into no header" })
    void saysWhyThereIsNoToken(int status, String type, String body, String why) {
        login.answers(response -> response.setStatusCode(status).putHeader("Content-Type", type)
                .putHeader("Location", backEnd.url()).end(body));
        Published server = publish(Map.of());

        String text = failure(server);

        assertTrue(text.startsWith("No access token for the connection Orders login: "), text);
        assertTrue(text.contains(why), text);
        assertFalse(text.contains("s3cret"), text);
        assertNull(backEnd.take());
    }

    @Test
    void saysSoWhereNobodyGivesTokens() {
        Published server = publish(Map.of());
        login.close();

        assertTrue(failure(server).matches("No access token for the connection Orders login: .*could not be reached.*"));
    }

    @Test
    void asksAgainAMomentAfterARefusal() {
        login.answers(response -> response.setStatusCode(400).end("{\"error\":\"invalid_client\"}"));
        Published server = publish(Map.of());
        failure(server);
        login.answers(tokens(""));

        assertTrue(failure(server).contains("invalid_client"));
        assertEquals(1, taken(login).size());
        clock.ahead(Duration.ofSeconds(6), () -> works(server));
    }

    @Test
    void triesOnceMoreWithAFreshTokenWhenTheBackEndRefusesTheOldOne() {
        login.answers(tokens(",\"expires_in\":3600"));
        Published server = publish(Map.of());
        works(server);
        AtomicInteger calls = new AtomicInteger();
        backEnd.answers(response -> BackEnd.json("{\"n\":1}")
                .accept(response.setStatusCode(calls.incrementAndGet() == 1 ? 401 : 200)));

        works(server);
        works(server);

        assertEquals(List.of("Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2"), shown());
        assertEquals(2, taken(login).size());
    }

    @Test
    void triesNoThirdTimeAndGetsNoTokenForEveryRefusal() {
        login.answers(tokens(",\"expires_in\":3600"));
        Published server = publish(Map.of());
        backEnd.answers(response -> response.setStatusCode(401).putHeader("Content-Type", "text/plain").end("no"));

        assertTrue(failure(server).contains("401"));
        assertEquals(List.of("Bearer t1", "Bearer t2"), shown());
        assertTrue(failure(server).contains("401"));
        assertEquals(List.of("Bearer t2"), shown());

        clock.ahead(Duration.ofSeconds(11), () -> failure(server));
        assertEquals(List.of("Bearer t2", "Bearer t3"), shown());
    }

    @Test
    void triesNothingAgainWithTheSameKey() {
        Published server = deployment.publish(DOCUMENT, backEnd.url(), Map.of("token", "fixed"));
        backEnd.answers(response -> response.setStatusCode(401).end());

        failure(server);

        assertEquals(List.of("Bearer fixed"), shown());
    }

    @Test
    void usesWhatIsChangedFromTheNextCallOn() {
        login.answers(tokens(",\"expires_in\":3600"));
        Published server = publish(Map.of("client_authentication", "client_secret_post", "scope", "a"));
        works(server);

        deployment.api().body(Map.of("input", Map.of("client_secret", "other", "scope", "")))
                .put("/api/connections/" + connection).then().statusCode(200);
        works(server);

        assertEquals(List.of("Bearer t1", "Bearer t2"), shown());
        String last = taken(login).get(1).body();
        assertTrue(last.contains("client_secret=other") && !last.contains("scope"), last);
    }
}
