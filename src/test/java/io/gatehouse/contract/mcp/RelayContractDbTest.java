package io.gatehouse.contract.mcp;

import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.FakeUpstream.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** A proxy server whose upstream speaks the client's era: what passes, and what does not. // G-16, P-19 */
@QuarkusTest
class RelayContractDbTest {

    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"sampling\":{}},\"vendor/key\":9007199254740993}";
    private static final String STRANGE = " {\"jsonrpc\":\"2.0\" ,\"method\":\"tools/call\",\"id\":%s,\"unknown\":[1.0,1e2],"
            + "\"params\":{%s\"name\":\"find\",\"arguments\":{\"n\":9007199254740993,\"u\":\"\\u00fc\\/\",\"d\":1.10}}}\n";
    private static final String RESULT = "{\"result\":{\"resultType\":\"complete\" ,\"structuredContent\":[1.0,9007199254740993],"
            + "\"content\":[],\"_meta\":{\"a/b\":null},\"isError\":false,\"extra\":\"\\u00e9\"},\"id\":%s,\"jsonrpc\":\"2.0\"}";

    @Inject
    Deployment deployment;

    private final FakeUpstream upstream = new FakeUpstream(Era.DUAL);
    private Published server;
    private Agent agent;

    @BeforeEach
    void publish() {
        upstream.tools(tool("find", "Finds."), tool("pay", "Pays."));
        server = deployment.proxy(upstream.url(), Map.of());
        agent = server.agent();
        upstream.forget();
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private static BiConsumer<JsonNode, HttpServerResponse> answer(String type, String text) {
        return (message, response) -> response.putHeader("Content-Type", type).end(text);
    }

    private HttpResponse<String> post(String body, String... headers) {
        HttpRequest.Builder request = agent.request("Content-Type", "application/json", "Accept",
                "application/json, text/event-stream", "Cookie", "mine=1", "X-Forwarded-For", "10.1.2.3", "X-Own", "1");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return agent.send(request.POST(BodyPublishers.ofString(body)).build()).join();
    }

    private HttpResponse<String> modern(String body, String... more) {
        String[] headers = new String[more.length + 6];
        System.arraycopy(new String[] { "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "find" },
                0,
                headers, 0, 6);
        System.arraycopy(more, 0, headers, 6, more.length);
        return post(body, headers);
    }

    @ParameterizedTest
    @CsvSource({ "0", "9007199254740993", "\"\"", "\"a\\u0062\"" })
    void passesEveryByteOfLegacyMessages(String id) {
        upstream.raw("tools/call", answer("application/json", RESULT.formatted(id)));

        HttpResponse<String> answer = post(STRANGE.formatted(id, ""), "MCP-Protocol-Version", "2025-11-25");

        assertEquals(RESULT.formatted(id), answer.body());
        assertEquals(STRANGE.formatted(id, ""), upstream.await("tools/call").text());
    }

    @Test
    void passesEveryByteOfModernMessagesAndTheHeadersOfMcp() {
        upstream.raw("tools/call", answer("application/json", RESULT.formatted(7)));

        HttpResponse<String> answer = modern(STRANGE.formatted("7", META + ","), "Mcp-Param-Region", "eu");

        assertEquals(RESULT.formatted(7), answer.body());
        Request request = upstream.await("tools/call");
        assertEquals(STRANGE.formatted("7", META + ","), request.text());
        assertEquals("eu", request.headers().get("Mcp-Param-Region"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "\"\"", "\"1\"", "9007199254740993", "123456789012345678901234567890" })
    void passesIdsOfModernMessagesAsTheyAre(String id) {
        upstream.raw("tools/call", answer("application/json", RESULT.formatted(id)));

        assertEquals(RESULT.formatted(id), modern(STRANGE.formatted(id, META + ",")).body());
        assertEquals(STRANGE.formatted(id, META + ","), upstream.await("tools/call").text());
        String refused = modern(STRANGE.formatted(id, META + ","), "Mcp-Name", "other").body();
        assertTrue(refused.contains("\"id\":" + id + ","), refused);
    }

    @ParameterizedTest
    @ValueSource(strings = { "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name" })
    void passesNoHeaderOfMcpTwice(String name) {
        for (String method : List.of("tools/call", "tools/list")) {
            HttpRequest message = agent.modern(7, method, Map.of("name", "find"));
            HttpRequest twice = HttpRequest.newBuilder(message, (header, value) -> true)
                    .header(name, message.headers().firstValue(name).orElseThrow()).build();

            HttpResponse<String> answer = agent.send(twice).join();

            assertEquals(400, answer.statusCode());
            assertEquals(-32020, Agent.json(answer.body()).at("/error/code").asInt(), answer.body());
            assertEquals(7, Agent.json(answer.body()).path("id").asInt());
        }
        assertTrue(upstream.asked("tools/call").isEmpty());
    }

    @Test
    void passesAllTypesThatAClientAccepts() {
        HttpRequest message = HttpRequest.newBuilder(agent.modern(1, "tools/call", Map.of("name", "find")),
                (name, value) -> !name.equalsIgnoreCase("Accept")).header("Accept", "application/json")
                .header("Accept", "text/event-stream").build();

        agent.send(message).join();

        assertEquals(List.of("application/json, text/event-stream"), upstream.await("tools/call").headers().getAll("Accept"));
    }

    @Test
    void passesNothingOfTheClientsOwn() {
        modern(STRANGE.formatted("7", META + ","));

        Request request = upstream.await("tools/call");
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(request.headers().names());
        assertEquals(Set.of("accept", "x-request-id", "content-length", "content-type", "host", "mcp-method", "mcp-name",
                "mcp-protocol-version"), Set.copyOf(names.stream().map(String::toLowerCase).toList()));
        assertFalse((request.uri() + request.headers()).contains(server.token()));
    }

    @Test
    void keepsTheTokenOfTheUrlToItself() {
        HttpResponse<String> answer = agent
                .send(HttpRequest.newBuilder(URI.create(agent.request().build().uri() + "?token=" + server.token()))
                        .header("Content-Type", "application/json").POST(BodyPublishers.ofString(
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}"))
                        .build())
                .join();

        assertEquals(200, answer.statusCode());
        assertEquals("/mcp", upstream.await("initialize").uri());
    }

    @Test
    void passesEveryByteOfStreams() {
        String events = ": hi\r\n\r\nid: 1\r\nretry: 10\r\ndata:\r\n\r\nevent: message\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":1,"
                + "\"result\":{}}\n\nevent: odd\ndata: ü\n\n";
        upstream.raw("tools/call", (message, response) -> {
            response.setChunked(true).putHeader("Content-Type", "text/event-stream");
            byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
            for (byte b : bytes) {
                response.write(Buffer.buffer().appendByte(b));
            }
            response.end();
        });

        HttpResponse<String> answer = post(STRANGE.formatted("1", ""));

        assertEquals(events, answer.body());
        assertEquals("text/event-stream", answer.headers().firstValue("Content-Type").orElse(null));
        assertEquals("no", answer.headers().firstValue("X-Accel-Buffering").orElse(null));
    }

    @Test
    void passesListsWithAllTheyHave() {
        String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"find\",\"title\":\"F\",\"icons\":[{\"src\":\"data:,\"}],"
                + "\"inputSchema\":{\"type\":\"object\",\"default\":1.0},\"outputSchema\":{\"type\":\"array\"},\"annotations\":{\"readOnlyHint\":true,"
                + "\"x\":1},\"_meta\":{\"k\":1}}],\"nextCursor\":\"\",\"more\":1}}";
        upstream.raw("tools/list", answer("application/json", list));

        HttpResponse<String> answer = post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"\"}}");

        assertEquals(list, answer.body());
        assertTrue(upstream.await("tools/list").body().at("/params/cursor").isTextual());
    }

    private String session() {
        HttpResponse<String> answer = post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                        + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}");
        return answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    @Test
    void sealsSessions() {
        String session = session();
        int begun = upstream.openSessions();

        assertTrue(session.chars().allMatch(c -> c > 0x20 && c < 0x7f), session);
        assertEquals(200, post(STRANGE.formatted("1", ""), "Mcp-Session-Id", session).statusCode());
        String own = upstream.await("tools/call").headers().get("Mcp-Session-Id");
        assertNotEquals(session, own);
        assertEquals(404, post(STRANGE.formatted("1", ""), "Mcp-Session-Id", own).statusCode(), "not sealed");
        assertEquals(404, post(STRANGE.formatted("1", ""), "Mcp-Session-Id", session.substring(1)).statusCode(), "broken");
        Agent other = deployment.proxy(upstream.url(), Map.of()).agent();
        assertEquals(404, other.send(other.post(Agent.message(1, "ping", Map.of()), "Mcp-Session-Id", session)).join()
                .statusCode(), "of another server");

        assertEquals(200, agent.send(agent.request("Mcp-Session-Id", session).DELETE().build()).join().statusCode());
        assertEquals(begun - 1, upstream.openSessions());
        assertEquals(404, post(STRANGE.formatted("1", ""), "Mcp-Session-Id", session).statusCode(), "ended");
    }

    @Test
    void opensNoSessionOfAnotherCaller() {
        String session = session();
        String token = deployment.api().body(Map.of("name", "Second"))
                .post("/api/mcp/mcp_servers/" + server.handle() + "/tokens").then().statusCode(200).extract().path("token");
        Agent other = new Agent(agent.request().build().uri().toString(), token);

        HttpResponse<String> answer = other.send(other.post(Agent.message(1, "ping", Map.of()), "Mcp-Session-Id", session))
                .join();

        assertEquals(404, answer.statusCode());
        assertEquals(404, agent.send(agent.post(Agent.message(1, "ping", Map.of()), "Mcp-Session-Id", session + "x")).join()
                .statusCode());
    }

    private Agent renewed() {
        String token = deployment.api().post("/api/mcp/mcp_servers/" + server.handle() + "/token_renew").then()
                .statusCode(200).extract().path("token");
        return new Agent(agent.request().build().uri().toString(), token);
    }

    private static int ping(Agent agent, String session) {
        return agent.send(agent.post(Agent.message(1, "ping", Map.of()), "Mcp-Session-Id", session)).join().statusCode();
    }

    // G-18
    @Test
    void keepsASessionWhenItsTokenIsRenewed() {
        String session = session();

        Agent renewed = renewed();

        assertEquals(200, ping(renewed, session));
        assertEquals(401, ping(agent, session));
        assertEquals(200, ping(renewed(), session), "renewed again");
        assertEquals(401, ping(renewed, session));
    }

    // G-18
    @Test
    void leavesNoSessionOfARevokedTokenToTheNext() {
        String session = session();
        String id = deployment.api().get("/api/mcp/mcp_servers/" + server.handle() + "?view=full").then().extract().path("_id");
        String token = deployment.api().get("/v1/mcpservers/" + id + "/dependencies").then().extract()
                .path("accesstokens[0].id");
        deployment.api().body(Map.of("name", "Revoked", "_mcpServerIds", List.of(id), "revoked", true))
                .put("/v1/accesstokens/" + token).then().statusCode(200);

        assertEquals(401, ping(agent, session));
        assertEquals(404, ping(renewed(), session));
    }

    @Test
    void stopsTheUpstreamWhenAModernClientCloses() {
        upstream.raw("tools/call", (message, response) -> {
        });
        CompletableFuture<?> call = agent.send(agent.modern(1, "tools/call", Map.of("name", "find")));
        upstream.await("tools/call");

        call.cancel(true);

        upstream.awaitGivenUp("tools/call");
    }

    @Test
    void stopsTheUpstreamWhenAModernClientClosesAStream() {
        upstream.raw("tools/call", (message, response) -> response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream").write("data: {\"a\":1}\n\n"));
        try (EventStream stream = agent.open(agent.modern(1, "tools/call", Map.of("name", "find")))) {
            stream.next();
        }

        upstream.awaitGivenUp("tools/call");
    }

    @Test
    void passesCancellationsAnswersAndListeningOfLegacyClients() {
        String session = session();
        upstream.raw("GET", (message, response) -> response.setChunked(true).putHeader("Content-Type", "text/event-stream")
                .write("id: 7\ndata: {\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"sampling/createMessage\"}\n\n"));
        String cancel = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"x\"}}";
        String sampled = "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{\"role\":\"assistant\",\"big\":1e300}}";

        assertEquals(202, post(cancel, "Mcp-Session-Id", session).statusCode());
        assertEquals(cancel, upstream.await("notifications/cancelled").text());
        assertEquals(202, post(sampled, "Mcp-Session-Id", session).statusCode());
        assertEquals(sampled, upstream.await("POST").text());
        try (EventStream stream = agent.listen("Mcp-Session-Id", session, "Last-Event-ID", "6")) {
            assertEquals("7", stream.next().id());
            assertEquals("6", upstream.await("GET").headers().get("Last-Event-ID"));
        }
        upstream.awaitGivenUp("GET");
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 403, 302, 307, 500, 503 })
    void turnsRefusalsOfTheUpstreamIntoErrorsOfTheCall(int status) {
        upstream.raw("tools/call",
                (message, response) -> response.setStatusCode(status).putHeader("Location", "http://10.0.0.1/")
                        .putHeader("WWW-Authenticate", "Bearer resource_metadata=\"http://evil\"").end("<html>"));

        for (HttpResponse<String> answer : List.of(post(STRANGE.formatted("\"a\"", "")),
                modern(STRANGE.formatted("\"a\"", META + ",")))) {
            assertEquals(200, answer.statusCode());
            assertEquals("a", Agent.json(answer.body()).path("id").asText());
            assertEquals(1502, Agent.json(answer.body()).at("/error/code").asInt(), answer.body());
            assertFalse(answer.body().contains("html") || answer.headers().map().containsKey("www-authenticate"));
        }
    }

    @Test
    void servesOnlyWhatIsAllowedUnderItsOwnNames() {
        Published few = deployment.proxy(upstream.url(), Map.of("allowed_tools", List.of("find")));
        String tools = "/api/mcp/mcp_servers/" + few.handle() + "/tools";
        String id = deployment.api().get(tools).then().statusCode(200).extract().jsonPath()
                .getString("items.find { it.name == 'find' }.id");
        deployment.api().body(Map.of("name", "search", "description", "Searches.")).put(tools + "/" + id).then()
                .statusCode(200);
        agent = few.agent();
        upstream.raw("tools/list",
                answer("application/json", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"complete\",\"tools\":["
                        + "{\"name\":\"find\",\"description\":\"Finds.\",\"inputSchema\":{\"type\":\"object\",\"default\":9007199254740993},\"x\":1.0},"
                        + "{\"name\":\"pay\"},{\"name\":\"new\"}],\"nextCursor\":\"\"}}"));
        upstream.forget();

        JsonNode listed = Agent.json(post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").body());
        HttpResponse<String> called = modern(STRANGE.formatted("1", META + ",").replace("find", "search"), "Mcp-Name",
                "search");

        assertEquals(Agent.json(
                "[{\"name\":\"search\",\"description\":\"Searches.\",\"inputSchema\":{\"type\":\"object\",\"default\":9007199254740993},"
                        + "\"x\":1.0}]"),
                listed.at("/result/tools"));
        assertEquals("", listed.at("/result/nextCursor").textValue());
        assertEquals(200, called.statusCode(), called.body());
        Request request = upstream.await("tools/call");
        assertEquals(STRANGE.formatted("1", META + ","), request.text());
        assertEquals("find", request.headers().get("Mcp-Name"));
        for (String name : List.of("pay", "new", "find")) {
            JsonNode refused = Agent.json(post(STRANGE.formatted("1", "").replace("find", name)).body());
            assertEquals(-32602, refused.at("/error/code").asInt(), name);
        }
    }
}
