package io.gatehouse.journey;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** From a document to a called tool, through every room. */
@QuarkusTest
class PublishAndCallDbTest {

    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Orders, version: '1'}
            paths:
              /orders/{id}:
                get:
                  operationId: getOrder
                  parameters:
                  - {name: id, in: path, required: true, schema: {type: integer, minimum: 1}}
                  - {name: X-Tenant, in: header, schema: {type: string, pattern: '^[a-z]+$'}}
                  responses: {'200': {content: {application/json: {}}}}
              /orders:
                post:
                  operationId: createOrder
                  requestBody: {required: true, content: {application/json: {schema: {type: object, required: [sku], properties: {sku: {type: string}, price: {type: number}}}}}}
                  responses: {'201': {content: {application/json: {}}}}
              /open: {get: {operationId: open, security: []}}
            security: [{key: []}]
            components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
            """;

    private final BackEnd backEnd = new BackEnd();

    @Inject
    Deployment deployment;

    @AfterEach
    void stop() {
        backEnd.close();
    }

    private Published publish() {
        return deployment.publish(DOCUMENT, backEnd.url() + "/v1", Map.of("api_key", "s3cret"));
    }

    private static JsonPath call(Published server, String tool, Map<String, ?> arguments) {
        return Deployment.call(server, "tools/call", Map.of("name", tool, "arguments", arguments));
    }

    @Test
    void sendsTheRequestThatTheDocumentDescribes() {
        Published server = publish();

        call(server, "getOrder", Map.of("id", 42, "X-Tenant", "acme"));
        BackEnd.Request get = backEnd.take();
        assertEquals("GET /v1/orders/42", get.method() + " " + get.uri());
        assertEquals("acme", get.headers().get("X-Tenant"));
        assertEquals("s3cret", get.headers().get("X-Key"));

        call(server, "createOrder", Map.of("body", Map.of("sku", "a-1")));
        BackEnd.Request post = backEnd.take();
        assertEquals("{\"sku\":\"a-1\"}", post.body());
        assertEquals("application/json", post.headers().get("Content-Type"));
    }

    @Test
    void neverSendsWhatIsTheCallersOwn() {
        Published server = publish();

        given().header("Authorization", "Bearer " + server.token()).header("Cookie", "session=1")
                .header("X-Forwarded-For", "1.2.3.4").header("Traceparent", "x").contentType(ContentType.JSON)
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"open\"}}")
                .post(server.path()).then().statusCode(200);

        BackEnd.Request request = backEnd.take();
        assertEquals(List.of("accept", "accept-encoding", "host", "user-agent", "x-request-id"),
                request.headers().names().stream().map(String::toLowerCase).sorted().toList());
    }

    @Test
    void keepsNumbersExactOnTheWayInAndOut() {
        Published server = publish();
        backEnd.answers(BackEnd.json("{\"id\":9007199254740993,\"rate\":0.10}"));

        String answer = given().auth().oauth2(server.token()).contentType(ContentType.JSON).body("""
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"createOrder",
                "arguments":{"body":{"sku":"x","price":12345678901234567890.123456789}}}}""").post(server.path())
                .asString();

        assertTrue(backEnd.take().body().contains("12345678901234567890.123456789"));
        assertTrue(answer.contains("\"structuredContent\":{\"id\":9007199254740993,\"rate\":0.10}"), answer);
    }

    @Test
    void tellsTheAgentWhichArgumentIsWrongAndWhy() {
        Published server = publish();

        for (Map.Entry<Map<String, ?>, String> wrong : Map.<Map<String, ?>, String> of(Map.of(), "id",
                Map.of("id", "x"), "/id: string found, integer expected", Map.of("id", 0), "/id: must have a minimum",
                Map.of("id", 1, "X-Tenant", "ACME"), "/X-Tenant: does not match", Map.of("id", 1, "extra", true),
                "extra").entrySet()) {
            JsonPath answer = call(server, "getOrder", wrong.getKey());
            assertTrue(answer.getBoolean("result.isError"));
            assertTrue(answer.getString("result.content[0].text").contains(wrong.getValue()),
                    answer.getString("result.content[0].text"));
        }
        assertNull(backEnd.take());
    }

    @Test
    void tellsTheAgentHonestlyHowTheBackEndFailed() {
        Published server = publish();
        Map<String, Integer> id = Map.of("id", 1);

        backEnd.answers(response -> response.setStatusCode(401).putHeader("Content-Type", "text/plain").end("no"));
        assertEquals("The back end answered 401 Unauthorized: no", failure(call(server, "getOrder", id)));

        backEnd.answers(response -> response.putHeader("Content-Type", "text/html").end("<html>"));
        assertTrue(failure(call(server, "getOrder", id)).contains("text/html where its API declares JSON"));

        backEnd.answers(response -> response.putHeader("Content-Type", "application/json").end("{\"half\":"));
        assertTrue(failure(call(server, "getOrder", id)).contains("says it is JSON and is not"));

        backEnd.close();
        assertTrue(failure(call(server, "getOrder", id)).contains("could not be reached"));
    }

    private static String failure(JsonPath answer) {
        assertTrue(answer.getBoolean("result.isError"));
        return answer.getString("result.content[0].text");
    }

    @Test
    void pagesThroughManyTools() {
        String paths = IntStream.range(0, 600).mapToObj("  /p%1$d: {get: {operationId: op-%1$03d}}\n"::formatted)
                .collect(Collectors.joining());
        Published server = deployment.publish("openapi: 3.0.0\ninfo: {title: Many, version: '1'}\npaths:\n" + paths,
                backEnd.url(), Map.of());

        List<String> names = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = Deployment.call(server, "tools/list", cursor == null ? Map.of() : Map.of("cursor", cursor));
            names.addAll(page.getList("result.tools.name"));
            cursor = page.getString("result.nextCursor");
        } while (cursor != null);

        assertEquals(IntStream.range(0, 600).mapToObj("op-%03d"::formatted).toList(), names);
    }

    @Test
    void opensAServerByItsOwnTokenOnly() {
        Published server = deployment.createServer();
        Published other = deployment.createServer();
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}";

        given().contentType(ContentType.JSON).body(ping).post(server.path()).then().statusCode(401)
                .header("WWW-Authenticate", "Bearer").body("id", equalTo("p")).body("error.code", equalTo(1401));
        given().auth().oauth2(other.token()).contentType(ContentType.JSON).body(ping).post(server.path()).then()
                .statusCode(401);
        given().auth().oauth2(deployment.token()).contentType(ContentType.JSON).body(ping).post(server.path()).then()
                .statusCode(401);
        given().auth().oauth2(other.token()).contentType(ContentType.JSON).body(ping)
                .post(server.path() + "?token=" + server.token()).then().statusCode(401);
        given().contentType(ContentType.JSON).body(ping).post(server.path() + "?token=" + server.token()).then()
                .statusCode(200).header("WWW-Authenticate", nullValue());
        given().auth().oauth2(server.token()).get(server.path()).then().statusCode(406);
        given().get(server.path()).then().statusCode(401);
    }

    @Test
    void keepsForeignWebPagesOut() {
        Published server = deployment.createServer();

        for (String origin : List.of("https://evil.test", "http://gatehouse.test.evil.test", "null")) {
            given().auth().oauth2(server.token()).header("Origin", origin).contentType(ContentType.JSON)
                    .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").post(server.path()).then()
                    .statusCode(403).body("error.code", equalTo(1403)).header("WWW-Authenticate", nullValue());
        }
        given().auth().oauth2(server.token()).header("Origin", "http://gatehouse.test").contentType(ContentType.JSON)
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").post(server.path()).then().statusCode(200);
    }

    @Test
    void knowsNoServerThatIsNotThere() {
        for (String handle : List.of("nope", "a%20b", "x".repeat(300))) {
            given().urlEncodingEnabled(false).contentType(ContentType.JSON)
                    .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").post("/mcp/" + handle).then()
                    .statusCode(404).body("error.code", equalTo(1404));
        }
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        Published server = deployment.createServer();

        // One byte too many: who is refused before all is sent may not get as far as the answer
        given().auth().oauth2(server.token()).contentType(ContentType.JSON).body("x".repeat((4 << 20) + 1))
                .post(server.path()).then().statusCode(413);
    }

    @Test
    void answersEveryRequestWithItsId() {
        Published server = deployment.createServer();

        given().auth().oauth2(server.token()).header("X-Request-Id", "mine-1").contentType(ContentType.JSON)
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").post(server.path()).then()
                .header("X-Request-Id", "mine-1");
        String made = given().header("X-Request-Id", "bad id\t").get("/api/folders").then().extract()
                .header("X-Request-Id");
        assertFalse(made.contains("bad"));
    }
}
