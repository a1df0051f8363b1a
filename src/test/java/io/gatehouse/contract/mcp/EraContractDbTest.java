package io.gatehouse.contract.mcp;

import static io.gatehouse.testing.FakeUpstream.tool;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.FakeUpstream;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;

/** Which era a message is of, and every refusal on the way to its answer (MCP 2026-07-28 and 2025-11-25). */
@QuarkusTest
class EraContractDbTest {

    private static final String MODERN = "2026-07-28";
    private static final String META = "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    private static final String DOCUMENT = """
            {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/echo":{"get":{"operationId":"echo",
            "summary":"Echo","parameters":[{"name":"region","in":"query","schema":{"type":"string","x-mcp-header":"Region"}},
            {"name":"size","in":"query","schema":{"type":"integer","x-mcp-header":"Size"}}],
            "responses":{"200":{"content":{"application/json":{}}}}}}}}""";

    private static final BackEnd BACK_END = new BackEnd();
    private static Published server;

    @Inject
    Deployment deployment;

    @BeforeEach
    void publish() {
        if (server == null) {
            server = deployment.publish(DOCUMENT, BACK_END.url(), Map.of());
        }
        BACK_END.answers(BackEnd.json("{\"ok\":true}"));
    }

    private static RequestSpecification request(Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
        all.putAll(headers);
        return given().auth().oauth2(server.token()).headers(all);
    }

    private static ValidatableResponse post(String body, Map<String, String> headers) {
        return request(headers).body(body).post(server.path()).then();
    }

    private static ValidatableResponse modern(String method, String params, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(
                Map.of("MCP-Protocol-Version", MODERN, "Mcp-Method", method));
        headers.putAll(more);
        headers.values().removeIf(String::isEmpty);
        return post("{\"jsonrpc\":\"2.0\",\"id\":\"m-1\",\"method\":\"" + method + "\",\"params\":{\"_meta\":" + META
                + (params.isEmpty() ? "" : "," + params) + "}}", headers);
    }

    private static ValidatableResponse legacy(String method, String params) {
        return post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":{" + params + "}}",
                Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = { "2025-11-25", "2025-06-18", "2025-03-26" })
    void initializesInTheRevisionThatALegacyClientAsksFor(String version) {
        legacy("initialize", "\"protocolVersion\":\"" + version + "\",\"capabilities\":{},\"clientInfo\":{}")
                .statusCode(200).header("Mcp-Session-Id", nullValue())
                .body("result.protocolVersion", equalTo(version)).body("result.serverInfo.title", equalTo("Server"))
                .body("result.capabilities.tools.listChanged", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(strings = { "2024-11-05", "2099-01-01", "x" })
    void offersItsNewestRevisionToALegacyClientThatAsksForAnother(String version) {
        legacy("initialize", "\"protocolVersion\":\"" + version + "\"").statusCode(200)
                .body("result.protocolVersion", equalTo("2025-11-25"));
    }

    @Test
    void initializesEvenWhereTheModernEnvelopeIsMalformed() {
        legacy("initialize", "\"protocolVersion\":\"2025-11-25\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":7}")
                .statusCode(200).body("result.protocolVersion", equalTo("2025-11-25"));
    }

    @Test
    void takesNotificationsAndResponses() {
        for (String body : new String[] { "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"_meta\":" + META + "}}" }) {
            Map<String, String> headers = body.contains("_meta")
                    ? Map.of("MCP-Protocol-Version", MODERN, "Mcp-Method", "notifications/cancelled")
                    : Map.of();
            assertEquals("", post(body, headers).statusCode(202).extract().asString());
        }
    }

    @Test
    void answersPingInTheLegacyEraOnly() {
        legacy("ping", "").statusCode(200).body("result", equalTo(Map.of()));
        modern("ping", "", Map.of()).statusCode(404).body("error.code", equalTo(-32601)).body("id", equalTo("m-1"));
    }

    @Test
    void tellsAnUnknownMethodByTheStatusOfItsEra() {
        legacy("tools/nope", "").statusCode(200).body("error.code", equalTo(-32601));
        modern("tools/nope", "", Map.of()).statusCode(404).body("error.code", equalTo(-32601));
    }

    @Test
    void discoversInTheModernEra() {
        modern("server/discover", "", Map.of()).statusCode(200).body("result.supportedVersions[0]", equalTo(MODERN))
                .body("result.resultType", equalTo("complete")).body("result.cacheScope", equalTo("private"))
                .body("result.ttlMs", not(nullValue()))
                .body("result._meta.'io.modelcontextprotocol/serverInfo'.title", equalTo("Server"));
    }

    @Test
    void listsToolsInBothEras() {
        for (ValidatableResponse answer : new ValidatableResponse[] { legacy("tools/list", "").statusCode(200),
                modern("tools/list", "", Map.of()).statusCode(200).body("result.resultType", equalTo("complete")) }) {
            answer.body("result.tools[0].name", equalTo("echo")).body("result.tools[0].title", equalTo("Echo"))
                    .body("result.tools[0].annotations.readOnlyHint", equalTo(true))
                    .body("result.nextCursor", nullValue());
        }
    }

    @Test
    void callsAToolInBothEras() {
        legacy("tools/call", "\"name\":\"echo\",\"arguments\":{}").statusCode(200)
                .body("result.structuredContent.ok", equalTo(true)).body("result.isError", equalTo(false))
                .body("result.resultType", nullValue());
        modern("tools/call", "\"name\":\"echo\",\"arguments\":{}", Map.of("Mcp-Name", "echo")).statusCode(200)
                .body("result.structuredContent.ok", equalTo(true)).body("result.resultType", equalTo("complete"));
    }

    @Test
    void wrapsStructuredContentThatIsNoObjectForLegacyClientsOnly() {
        BACK_END.answers(BackEnd.json("[1]"));

        legacy("tools/call", "\"name\":\"echo\"").body("result.structuredContent.result[0]", equalTo(1));
        modern("tools/call", "\"name\":\"echo\"", Map.of("Mcp-Name", "echo")).body("result.structuredContent[0]",
                equalTo(1));
    }

    @Test
    void tellsAnUnknownToolInBand() {
        legacy("tools/call", "\"name\":\"nope\"").statusCode(200).body("error.code", equalTo(-32602));
        modern("tools/call", "\"name\":\"nope\"", Map.of("Mcp-Name", "nope")).statusCode(200).body("error.code",
                equalTo(-32602));
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"text\"", "0", "-1", "9007199254740993", "123456789012345678901234567890", "\"\"" })
    void echoesIdsExactly(String id) {
        for (String method : new String[] { "ping", "nope" }) {
            String answer = post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"}", Map.of())
                    .statusCode(200).extract().asString();
            assertTrue(answer.contains("\"id\":" + id + ","), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"text\"", "0", "\"1\"", "9007199254740993", "123456789012345678901234567890", "\"\"" })
    void echoesIdsExactlyInTheModernEra(String id) {
        for (String method : new String[] { "tools/list", "nope" }) {
            String answer = post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{\"_meta\":"
                    + META + "}}", Map.of("MCP-Protocol-Version", MODERN, "Mcp-Method", method)).extract().asString();
            assertTrue(answer.contains("\"id\":" + id + ","), answer);
        }
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNoSingleMessage(String body, int status, int code) {
        post(body, Map.of()).statusCode(status).body("error.code", equalTo(code));
    }

    static Stream<Arguments> refusesWhatIsNoSingleMessage() {
        return Stream.of(Arguments.of("{", 400, -32700), Arguments.of("", 400, -32600),
                Arguments.of("[]", 400, -32600),
                Arguments.of("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", 400, -32600),
                Arguments.of("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"_meta\":" + META + "}}]",
                        400, -32600),
                Arguments.of("7", 400, -32600), Arguments.of("{\"id\":1,\"method\":\"ping\"}", 400, -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1}", 400, -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", 400, -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", 400, -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", 400, -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}", 400, -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":1e2147483648}}", 400, -32700),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":1e-99999999}}", 400, -32700),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"x\"}", 400, -32700),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":" + "{\"a\":".repeat(200) + "1"
                        + "}".repeat(201), 400, -32600));
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"params\":[],\"method\":\"ping\"", "\"x\":1", "\"method\":7" })
    void echoesTheIdOfAMessageThatIsNone(String rest) {
        post("{\"jsonrpc\":\"2.0\",\"id\":\"mine\"," + rest + "}", Map.of()).statusCode(400).body("id", equalTo("mine"));
        given().contentType("application/json").body("{\"id\":\"mine\"," + rest + "}").post(server.path()).then()
                .statusCode(401).body("id", equalTo("mine"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "text/json" })
    void refusesOtherContentTypes(String type) {
        post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", Map.of("Content-Type", type)).statusCode(415);
    }

    @ParameterizedTest
    @CsvSource({ "DELETE,,'GET, POST'", "PUT,,'DELETE, GET, POST'", "GET,2026-07-28,POST", "DELETE,2026-07-28,POST" })
    void takesMessagesByPostOnly(String method, String version, String allowed) {
        request(version == null ? Map.of() : Map.of("MCP-Protocol-Version", version)).request(method, server.path()).then()
                .statusCode(405).header("Allow", allowed);
    }

    @ParameterizedTest
    @MethodSource
    void refusesModernMessagesThatContradictThemselves(String name, String body, Map<String, String> headers, int code) {
        post(body, headers).statusCode(400).body("error.code", equalTo(code)).body("id", equalTo(5));
    }

    static Stream<Arguments> refusesModernMessagesThatContradictThemselves() {
        String list = "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/list\",\"params\":{\"_meta\":" + META + "}}";
        String call = "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
                + "\"arguments\":ARGUMENTS,\"_meta\":" + META + "}}";
        String plain = "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/list\"}";
        Map<String, String> headers = Map.of("MCP-Protocol-Version", MODERN, "Mcp-Method", "tools/list");
        Map<String, String> named = Map.of("MCP-Protocol-Version", MODERN, "Mcp-Method", "tools/call", "Mcp-Name",
                "echo");
        return Stream.of(
                Arguments.of("initialize with a modern header", plain.replace("tools/list", "initialize"),
                        Map.of("MCP-Protocol-Version", MODERN), -32020),
                Arguments.of("version of the wrong type", list.replace("\"2026-07-28\"", "7"), headers, -32602),
                Arguments.of("no capabilities",
                        list.replace(",\"io.modelcontextprotocol/clientCapabilities\":{}", ""), headers, -32602),
                Arguments.of("other version in the header", list,
                        with(headers, "MCP-Protocol-Version", "2025-11-25"), -32020),
                Arguments.of("other method in the header", list, with(headers, "Mcp-Method", "tools/call"), -32020),
                Arguments.of("unknown version", list.replace(MODERN, "2030-01-01"),
                        with(headers, "MCP-Protocol-Version", "2030-01-01"), -32022),
                Arguments.of("no version header", list, Map.of("Mcp-Method", "tools/list"), -32020),
                Arguments.of("no method header", list, Map.of("MCP-Protocol-Version", MODERN), -32020),
                Arguments.of("no name header", call.replace("ARGUMENTS", "{}"),
                        Map.of("MCP-Protocol-Version", MODERN, "Mcp-Method", "tools/call"), -32020),
                Arguments.of("other name in the header", call.replace("ARGUMENTS", "{}"),
                        with(named, "Mcp-Name", "other"), -32020),
                Arguments.of("bad Base64 in the header", call.replace("ARGUMENTS", "{}"),
                        with(named, "Mcp-Name", "=?base64?%%?="), -32020),
                Arguments.of("Base64 without its padding in the header", call.replace("ARGUMENTS", "{}"),
                        with(named, "Mcp-Name", "=?base64?ZWNobw?="), -32020),
                Arguments.of("parameter header missing", call.replace("ARGUMENTS", "{\"region\":\"eu\"}"), named,
                        -32020),
                Arguments.of("parameter header differs", call.replace("ARGUMENTS", "{\"region\":\"eu\"}"),
                        with(named, "Mcp-Param-Region", "us"), -32020),
                Arguments.of("parameter header without argument", call.replace("ARGUMENTS", "{\"region\":null}"),
                        with(named, "Mcp-Param-Region", "eu"), -32020),
                Arguments.of("parameter header is no number", call.replace("ARGUMENTS", "{\"size\":1}"),
                        with(named, "Mcp-Param-Size", "one"), -32020),
                Arguments.of("modern header without the claim", plain, headers, -32602),
                Arguments.of("future header without the claim", plain, Map.of("MCP-Protocol-Version", "2027-01-01"),
                        -32602),
                Arguments.of("a header that names no revision", plain, Map.of("MCP-Protocol-Version", "1999-01-01"),
                        -32600));
    }

    /** Of several faults, the first in the order of the specification. */
    @ParameterizedTest
    @CsvSource({ "2026-07-28, '', 2025-11-25, tools/list, tools/list, 400, -32602",
            "2030-01-01, CAPABILITIES, 2026-07-28, tools/list, tools/list, 400, -32020",
            "2030-01-01, CAPABILITIES, 2030-01-01, tools/list, other, 400, -32020",
            "2030-01-01, CAPABILITIES, 2030-01-01, tools/list, , 400, -32022",
            "2030-01-01, CAPABILITIES, , nope, nope, 400, -32022",
            "2026-07-28, CAPABILITIES, , nope, nope, 400, -32020",
            "2026-07-28, CAPABILITIES, 2026-07-28, nope, , 400, -32020",
            "2026-07-28, CAPABILITIES, 2026-07-28, tools/call, tools/call, 400, -32020",
            "2026-07-28, CAPABILITIES, 2026-07-28, nope, nope, 404, -32601" })
    void tellsTheFirstOfSeveralFaults(String version, String capabilities, String versionHeader, String method,
            String methodHeader, int status, int code) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("MCP-Protocol-Version", versionHeader);
        headers.put("Mcp-Method", methodHeader);
        headers.values().removeIf(value -> value == null);
        String declared = capabilities.isEmpty() ? "" : ",\"io.modelcontextprotocol/clientCapabilities\":{}";

        post("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"" + method
                + "\",\"params\":{\"name\":\"nope\",\"arguments\":{\"region\":7},"
                + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + version + "\"" + declared + "}}}", headers)
                .statusCode(status).body("error.code", equalTo(code)).body("id", equalTo(5));
    }

    @ParameterizedTest
    @ValueSource(strings = { "mcp-protocol-version", "mcp-method", "mcp-name", "mcp-param-region" })
    void refusesHeadersThatStandTwice(String name) {
        Map<String, String> sent = Map.of("mcp-protocol-version", MODERN, "mcp-method", "tools/call", "mcp-name", "echo",
                "mcp-param-region", "eu");
        RequestSpecification request = given().auth().oauth2(server.token()).contentType("application/json");
        sent.forEach(request::header);

        request.header(name, sent.get(name))
                .body("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
                        + "\"arguments\":{\"region\":\"eu\"},\"_meta\":" + META + "}}")
                .post(server.path()).then().statusCode(400).body("error.code", equalTo(-32020)).body("id", equalTo(5));
    }

    /** Only an upstream of the client's era judges revisions itself. */
    @ParameterizedTest
    @CsvSource({ "MODERN, 400", "DUAL, 200" })
    void refusesUnknownRevisionsBeforeABridge(Era era, int status) {
        try (FakeUpstream upstream = new FakeUpstream(era).tools(tool("find", "Finds."))) {
            Agent agent = deployment.proxy(upstream.url(), Map.of()).agent();

            HttpResponse<String> answer = agent.send(agent.post(Agent.message(1, "initialize", Map.of("protocolVersion",
                    Agent.LEGACY)), "MCP-Protocol-Version", "1999-01-01")).join();

            assertEquals(status, answer.statusCode(), answer.body());
        }
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return all;
    }

    @Test
    void namesTheSupportedVersionsWhereOneIsNot() {
        post("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"server/discover\",\"params\":{\"_meta\":"
                + META.replace(MODERN, "2030-01-01") + "}}",
                Map.of("MCP-Protocol-Version", "2030-01-01", "Mcp-Method", "server/discover"))
                .body("error.data.supported[0]", equalTo(MODERN)).body("error.data.requested", equalTo("2030-01-01"));
    }

    @Test
    void takesHeadersInBase64AndNumbersByValue() {
        String name = "=?base64?" + Base64.getEncoder().encodeToString("echo".getBytes(StandardCharsets.UTF_8)) + "?=";

        modern("tools/call", "\"name\":\"echo\",\"arguments\":{\"region\":\"eu\",\"size\":10}",
                Map.of("Mcp-Name", name, "Mcp-Param-Region", "  eu ", "mcp-param-size", "10.0")).statusCode(200)
                .body("result.isError", equalTo(false));
    }

    @Test
    void ignoresModernHeadersOfLegacyMessages() {
        post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}",
                Map.of("MCP-Protocol-Version", "2025-11-25", "Mcp-Method", "other", "Mcp-Name", "x")).statusCode(200)
                .body("result", equalTo(Map.of()));
    }

    @Test
    void refusesCursorsThatAreNone() {
        legacy("tools/list", "\"cursor\":\"%%%\"").statusCode(200).body("error.code", equalTo(-32602));
        legacy("tools/list", "\"cursor\":7").statusCode(200).body("error.code", equalTo(-32602));
    }
}
