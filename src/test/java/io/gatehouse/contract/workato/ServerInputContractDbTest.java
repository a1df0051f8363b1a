package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.workato.Write.Target;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;

/** Bodies and paths that no operation can read. */
@QuarkusTest
class ServerInputContractDbTest {

    private static final List<String> NO_OBJECTS = List.of("", " ", "{", "}", "[]", "[{}]", "7", "1e999", "null", "true",
            "\"x\"", "{} {}", "{\"name\":\"a\",\"name\":\"b\"}", "{'name':'x'}", "{\"name\":NaN}", "{\"a\":\u0000}",
            "\u0000\u0000\u0000{}", "<a/>", "name=x", "[".repeat(50_000), "{\"a\":".repeat(50_000),
            "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}");
    private static final List<String> OTHER_TYPES = List.of("text/plain", "*/*", "application/*", "application/xml",
            "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x", "application/");

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;

    private Wire wire;
    private Target target;

    @BeforeEach
    void createAServer() {
        wire = new Wire(RestAssured.baseURI + ":" + RestAssured.port);
        target = servers.target();
    }

    static Stream<Write> withBodies() {
        return Arrays.stream(Write.values()).filter(Write::hasBody);
    }

    private Request request(String method, String path) {
        return Request.of(method, path).header("Authorization", "Bearer " + deployment.token());
    }

    private void isRefused(Request request) {
        Answer answer = wire.send(request);
        String said = request.curl("") + ": " + answer.status() + " " + answer.text();
        assertEquals(400, answer.status(), said);
        assertEquals("bad_request", answer.json().path("code").asText(), said);
        assertEquals(true, answer.json().path("message").isTextual(), said);
    }

    private void refusesAll(String method, String path) {
        for (String body : NO_OBJECTS) {
            isRefused(request(method, path).json(body));
        }
        for (String type : OTHER_TYPES) {
            isRefused(request(method, path).json("{}").header("Content-Type", type));
        }
        for (byte[] body : List.of(new byte[] { 0, 0, 0, '{', 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff }, inLatin1(),
                new byte[] { '{', (byte) 0xc0, (byte) 0x80, '}' })) {
            isRefused(new Request(method, path, request(method, path).json("{}").headers(), body));
        }
    }

    /** A good body, but for its encoding. */
    private static byte[] inLatin1() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"name\":\"\u00e4\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1));
        return body.toByteArray();
    }

    // W-5, W-7
    @ParameterizedTest
    @MethodSource("withBodies")
    void refusesWhatIsNoJsonObject(Write write) {
        refusesAll(write.method(), write.path(target));
    }

    // W-5, W-7
    @ParameterizedTest
    @ValueSource(strings = { SERVERS, "/api/iam/user_groups" })
    void makesNothingOfWhatIsNoJsonObject(String path) {
        refusesAll("POST", path);
    }

    // W-8: what takes no body does not mind one
    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"a\":1}" })
    void overlooksABodyWhereNoneIsWanted(String body) {
        for (Write write : Write.values()) {
            if (!write.hasBody()) {
                write.send(deployment.api(), target, body).statusCode(200);
                target = write == Write.REMOVE_TOOL ? servers.target() : target;
            }
        }
    }

    // W-4, W-33
    @ParameterizedTest
    @ValueSource(strings = { "%00", "a%20b", "%F0%9F%98%80", "..%2Fx", "x%0d%0ay", "%ff", "-", "1", "null" })
    void findsNoServerByAHandleThatIsNone(String handle) {
        for (String rest : List.of("", "/tools", "/server_policies", "/user_groups", "/tokens")) {
            Answer answer = wire.send(request("GET", SERVERS + "/" + handle + rest));
            assertEquals(404, answer.status(), handle + rest + ": " + answer.text());
            assertEquals("not_found", answer.json().path("code").asText());
        }
    }

    // W-7, W-15
    @ParameterizedTest
    @ValueSource(strings = { "search=%00", "search=a%00b", "authentication_method=%00&page=0", "page=%00", "per_page=%E2%82%AC",
            "folder_id=%00", "vua_required=TRUE", "view=%00", "view=half", "page=1&per_page=1e2" })
    void refusesParametersThatNoTextHas(String query) {
        Answer answer = wire.send(request("GET", SERVERS + "?" + query));

        assertEquals(400, answer.status(), answer.text());
        assertEquals("validation_failed", answer.json().path("code").asText());
    }

    // W-7: a long name is told from a long document
    @ParameterizedTest
    @ValueSource(ints = { 10_000, 5_000_000 })
    void refusesLongNames(int length) {
        deployment.api().body(Map.of("name", "n".repeat(length), "folder_id", target.folder())).post(SERVERS).then()
                .statusCode(400).body("code", equalTo("validation_failed")).body("errors.name", notNullValue());
    }

    // W-7: a form that is none
    @ParameterizedTest
    @ValueSource(strings = { "", "x", "--x", "--x--", "--x\r\n", "--x\r\n\r\n--x--",
            "--x\r\nContent-Disposition: y\r\n\r\nz\r\n--x--",
            "--x\r\nContent-Disposition: form-data; name=\"openapi_spec\"; filename=\"a\"\r\n\r\n{", "{\"project_id\":1}",
            "--x\r\nbroken header\r\n\r\nz\r\n--x--\r\n",
            "--y\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nz\r\n--y--\r\n" })
    void refusesFormsThatAreNone(String body) {
        Answer answer = wire.send(request("POST", "/api/api_collections").json(body).header("Content-Type",
                "multipart/form-data; boundary=x"));

        assertEquals(400, answer.status(), answer.text());
        assertEquals(true, answer.json().path("code").isTextual(), answer.text());
    }

    // W-7: nothing is made for somebody who can't read the answer
    @ParameterizedTest
    @ValueSource(strings = { "text/html", "text/*", "application/xml", "garbage" })
    void makesNothingWhereJsonIsNotTaken(String accept) {
        String name = "Unread " + accept;

        int status = deployment.api().header("Accept", accept).body(Map.of("name", name, "folder_id", deployment.folder()))
                .post("/api/mcp/mcp_servers").statusCode();

        assertEquals(accept.equals("garbage") ? 400 : 406, status);
        deployment.api().queryParam("search", name).get("/api/mcp/mcp_servers").then().body("items", hasSize(0));
    }
}
