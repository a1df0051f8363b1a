package io.gatehouse.contract.mcp;

import static io.gatehouse.contract.mcp.Composition.SERVERS;
import static io.gatehouse.contract.mcp.Composition.exact;
import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.stream.MovableSettings;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.FakeUpstream.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** What passes a bridge and in which form, and the sessions that bridges hold. // G-16 */
@QuarkusTest
class BridgedAnswersContractDbTest {

    private static final Map<String, ?> FIND = Map.of("name", "find", "arguments", Map.of());
    private static final String RELATED = "io.modelcontextprotocol/related-task";
    private static final Map<String, ?> META = Map.of(RELATED, Map.of("taskId", "t"), "vendor/k", 9007199254740993L,
            "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @Inject
    Deployment deployment;
    @Inject
    MovableSettings settings;

    private FakeUpstream upstream;
    private Published server;

    private Agent before(Era era, Map<String, ?> remote) {
        if (upstream == null) {
            upstream = new FakeUpstream(era).tools(tool("find", "Finds."), tool("pay", "Pays."));
        }
        upstream.offers("tools", "{'listChanged':true}").offers("prompts", "{}").offers("resources", "{}");
        server = deployment.proxy(upstream.url(), remote);
        upstream.forget();
        return server.agent();
    }

    private Agent before(Era era) {
        return before(era, Map.of());
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    /** In the era that the upstream does not speak. */
    private static HttpResponse<String> send(Agent agent, Era upstreams, String method, Map<String, ?> params) {
        return agent.send(upstreams.isModern() ? agent.legacy("i", method, params) : agent.modern("i", method, params)).join();
    }

    private static JsonNode ask(Agent agent, Era upstreams, String method, Map<String, ?> params) {
        return exact(send(agent, upstreams, method, params).body());
    }

    private static void json(HttpServerResponse response, int status, String body) {
        response.setStatusCode(status).putHeader("Content-Type", "application/json").end(body);
    }

    private static String error(Object id, int code, String rest) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code + ",\"message\":\"No.\"" + rest + "}}";
    }

    private void answer(String method, String result) {
        upstream.result(method, params -> (ObjectNode) exact(result));
    }

    @ParameterizedTest
    @CsvSource({ "404,application/json,null", "400,application/json,null", "400,application/json,own", "400,text/plain,null" })
    void beginsAnotherSessionHoweverTheUpstreamSaysThatItLostOne(int status, String type, String id) {
        Agent agent = before(Era.LEGACY);
        ask(agent, Era.LEGACY, "tools/call", FIND);
        upstream.forget().raw("tools/call", (message, response) -> {
            upstream.raw("tools/call", null);
            response.setStatusCode(status).putHeader("Content-Type", type)
                    .end(error(id.equals("own") ? message.path("id") : id, -32000, ""));
        });

        assertTrue(ask(agent, Era.LEGACY, "tools/call", FIND).has("result"));
        assertEquals(1, upstream.asked("initialize").size());
        assertEquals(2, upstream.asked("tools/call").size());
    }

    @Test
    void passesARefusalThatIsAboutTheRequest() {
        Agent agent = before(Era.LEGACY);
        upstream.raw("tools/call", (message, response) -> json(response, 400, error(message.path("id"), -32602, "")));

        assertEquals(-32602, ask(agent, Era.LEGACY, "tools/call", FIND).at("/error/code").asInt());
        assertEquals(1, upstream.asked("tools/call").size());
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void passesARefusalThatNamesNoRequestAndLooksAtTheUpstream(Era era) {
        Agent agent = before(era);
        upstream.raw("tools/call", (message, response) -> json(response, 400, error("null", -32000, "")));

        assertEquals(exact(error("\"i\"", -32000, "")), ask(agent, era, "tools/call", FIND));

        assertEquals(era.isLegacy() ? 2 : 1, upstream.asked("tools/call").size());
        upstream.await("server/discover");
    }

    @Test
    void leavesNoSessionBehindWhenSettingsChange() {
        Agent agent = before(Era.LEGACY);
        for (int i = 0; i < 3; i++) {
            ask(agent, Era.LEGACY, "tools/call", FIND);
            assertEquals(1, upstream.openSessions());
            change(20 + i);
            upstream.await("DELETE");
        }
        ask(agent, Era.LEGACY, "tools/call", FIND);
        deployment.api().delete(SERVERS + server.handle()).then().statusCode(200);

        upstream.await("DELETE");
        assertEquals(0, upstream.openSessions());
    }

    private void change(int timeout) {
        deployment.api().body(Map.of("name", "Proxy", "folder_id", deployment.folder(), "remote",
                Map.of("timeout_seconds", timeout))).put(SERVERS + server.handle()).then().statusCode(200);
    }

    @Test
    void endsNoSessionThatIsInUse() throws Exception {
        Agent agent = before(Era.LEGACY);
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        upstream.raw("tools/call", (message, response) -> held.add(() -> json(response, 200,
                "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":{\"content\":[]}}")));
        CompletableFuture<HttpResponse<String>> call = agent.send(agent.modern(1, "tools/call", FIND));
        Runnable finish = held.poll(20, TimeUnit.SECONDS);
        assertNotNull(finish);
        change(25);
        ask(agent, Era.LEGACY, "tools/list", Map.of());
        assertEquals(2, upstream.openSessions());
        assertEquals(List.of(), upstream.asked("DELETE"));

        finish.run();

        assertTrue(call.get().body().contains("\"result\""));
        upstream.await("DELETE");
        assertEquals(1, upstream.openSessions());
    }

    @Test
    void givesLegacyClientsTheFormOfTheirEra() {
        upstream = new FakeUpstream(Era.MODERN).tools(
                "{'name':'find','inputSchema':{'type':'object'},'outputSchema':{'type':'array'},'title':'F'}",
                "{'name':'pay','inputSchema':{'type':'object'},'outputSchema':{'type':'object'}}");
        Agent agent = before(Era.MODERN);
        answer("tools/call", "{\"content\":[],\"structuredContent\":[9007199254740993,1.10]}");

        assertEquals(exact("{\"tools\":[{\"name\":\"find\",\"inputSchema\":{\"type\":\"object\"},\"title\":\"F\"},"
                + "{\"name\":\"pay\",\"inputSchema\":{\"type\":\"object\"},\"outputSchema\":{\"type\":\"object\"}}]}"),
                ask(agent, Era.MODERN, "tools/list", Map.of()).path("result"));
        assertEquals(exact("{\"content\":[],\"structuredContent\":{\"result\":[9007199254740993,1.10]}}"),
                ask(agent, Era.MODERN, "tools/call", FIND).path("result"));
    }

    @ParameterizedTest
    @CsvSource({ "prompts/get,name", "resources/read,uri" })
    void refusesWhatWantsAnAnswerOfALegacyClient(String method, String parameter) {
        Agent agent = before(Era.MODERN);
        upstream.raw(method, (message, response) -> json(response, 200, "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id")
                + ",\"result\":{\"resultType\":\"input_required\",\"inputRequests\":{\"a\":{\"method\":\"elicitation/create\","
                + "\"params\":{\"mode\":\"url\",\"url\":\"https://x/y\",\"message\":\"Sign in.\"}}}}}"));

        JsonNode answer = ask(agent, Era.MODERN, method, Map.of(parameter, "a:b"));

        assertEquals("i", answer.path("id").asText());
        assertFalse(answer.has("result"));
        assertEquals(1428, answer.at("/error/code").asInt());
        assertTrue(answer.at("/error/message").asText().contains("Sign in. Open https://x/y"), answer.toString());
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void passesWholeDefinitions(Era era) {
        String definition = """
                {"name":"find","title":"Find","description":"Finds.","inputSchema":{"type":"object","properties":{"n":
                {"type":"integer","maximum":9007199254740993,"multipleOf":1.10}}},"outputSchema":{"type":"object"},
                "annotations":{"readOnlyHint":true,"vendor":1},"icons":[{"src":"data:image/png;base64,AA=="}],
                "_meta":{"vendor/k":9007199254740993},"unknown":[1.10]}""".replace("\n", "");
        upstream = new FakeUpstream(era).tools(definition);
        Agent agent = before(era, Map.of("change_policy", "withhold"));

        assertEquals(exact(definition), ask(agent, era, "tools/list", Map.of()).at("/result/tools/0"));
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void passesCursorsAsTheyAre(Era era) {
        Agent agent = before(era);
        for (String cursor : List.of("", "0", " a\u00e4=")) {
            for (String method : List.of("tools/list", "prompts/list", "resources/list", "resources/templates/list")) {
                answer(method, "{\"tools\":[],\"prompts\":[],\"nextCursor\":\"" + cursor + "\"}");

                assertEquals(cursor, ask(agent, era, method, Map.of("cursor", cursor)).at("/result/nextCursor").textValue());
                assertEquals(cursor, upstream.await(method).body().at("/params/cursor").textValue());
            }
        }
        answer("prompts/list", "{\"prompts\":[]}");
        assertFalse(ask(agent, era, "prompts/list", Map.of()).path("result").has("nextCursor"));
        assertFalse(upstream.await("prompts/list").body().path("params").has("cursor"));
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void keepsTheCursorOfAPageOfWhichNothingIsServed(Era era) {
        Agent agent = before(era, Map.of("allowed_tools", List.of("pay")));
        upstream.pagesOf(1);

        JsonNode page = ask(agent, era, "tools/list", Map.of()).path("result");

        assertEquals(exact("[]"), page.path("tools"));
        assertEquals("pay", ask(agent, era, "tools/list", Map.of("cursor", page.path("nextCursor").asText()))
                .at("/result/tools/0/name").asText());
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void passesErrorsWhole(Era era) {
        Agent agent = before(era);
        String data = ",\"data\":{\"n\":9007199254740993,\"d\":1.10},\"x\":1";
        upstream.raw("tools/call", (message, response) -> json(response, 200, error(message.path("id"), 5, data)));

        assertEquals(exact(error("\"i\"", 5, data)), ask(agent, era, "tools/call", FIND));
    }

    @ParameterizedTest
    @CsvSource({ "LEGACY,-32002,-32602,200", "MODERN,-32602,-32002,200", "LEGACY,-32601,-32601,404",
            "MODERN,-32601,-32601,200" })
    void givesErrorsTheCodeAndTheStatusOfTheEra(Era era, int said, int heard, int status) {
        Agent agent = before(era);
        upstream.raw("resources/read", (message, response) -> json(response, era.isModern() && said == -32601 ? 404 : 200,
                error(message.path("id"), said, "")));

        HttpResponse<String> answer = agent.send(era.isModern()
                ? agent.legacy(1, "resources/read", Map.of("uri", "a:b"))
                : agent.post(modernRead(), "MCP-Protocol-Version", Agent.MODERN, "Mcp-Method", "resources/read", "Mcp-Name",
                        "a:b"))
                .join();

        assertEquals(heard, exact(answer.body()).at("/error/code").asInt(), answer.body());
        assertEquals(status, answer.statusCode());
    }

    private static Map<String, Object> modernRead() {
        return Agent.message(1, "resources/read", Map.of("uri", "a:b", "_meta",
                Map.of("io.modelcontextprotocol/protocolVersion", Agent.MODERN,
                        "io.modelcontextprotocol/clientCapabilities", Map.of())));
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void replacesOnlyWhatMetadataSaysOfTheEra(Era era) {
        Agent agent = before(era);

        ask(agent, era, "tools/call", Map.of("name", "find", "_meta", META));

        ObjectNode meta = (ObjectNode) upstream.await("tools/call").body().at("/params/_meta");
        if (era.isModern()) {
            assertEquals(Agent.MODERN, meta.remove("io.modelcontextprotocol/protocolVersion").asText());
            assertEquals("gatehouse", meta.remove("io.modelcontextprotocol/clientInfo").path("name").asText());
            assertEquals(exact("{}"), meta.remove("io.modelcontextprotocol/clientCapabilities"));
        }
        assertEquals(exact("{\"io.modelcontextprotocol/related-task\":{\"taskId\":\"t\"},\"vendor/k\":9007199254740993,"
                + "\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}"), exact(meta.toString()));
    }

    @Test
    void repeatsArgumentsInHeadersForAModernUpstream() {
        upstream = new FakeUpstream(Era.MODERN).tools("{'name':'find','inputSchema':{'type':'object','properties':{"
                + "'b':{'type':'boolean','x-mcp-header':'Flag'},'i':{'type':'integer','x-mcp-header':'Count'},"
                + "'s':{'type':'string','x-mcp-header':'Text'},'none':{'type':'string','x-mcp-header':'None'}}}}");
        Agent agent = before(Era.MODERN);

        ask(agent, Era.MODERN, "tools/call", Map.of("name", "find", "arguments",
                Map.of("b", false, "i", 9007199254740991L, "s", "\u00e4")));

        Request request = upstream.await("tools/call");
        assertEquals("false", request.headers().get("Mcp-Param-Flag"));
        assertEquals("9007199254740991", request.headers().get("Mcp-Param-Count"));
        assertEquals("=?base64?w6Q=?=", request.headers().get("Mcp-Param-Text"));
        assertFalse(request.headers().contains("Mcp-Param-None"));
    }

    @ParameterizedTest
    @CsvSource({ "true,true,true", "true,false,false", "false,False,false", "true,,false", "false,false,true" })
    void holdsHeadersAgainstBooleanArguments(boolean argument, String header, boolean isTaken) {
        upstream = new FakeUpstream(Era.LEGACY).tools("{'name':'find','inputSchema':{'type':'object','properties':{"
                + "'b':{'type':'boolean','x-mcp-header':'Flag'}}}}");
        Agent agent = before(Era.LEGACY);
        Map<String, ?> params = Map.of("name", "find", "arguments", Map.of("b", argument), "_meta",
                Map.of("io.modelcontextprotocol/protocolVersion", Agent.MODERN,
                        "io.modelcontextprotocol/clientCapabilities", Map.of()));
        String[] headers = { "MCP-Protocol-Version", Agent.MODERN, "Mcp-Method", "tools/call", "Mcp-Name", "find",
                header == null ? "X-None" : "Mcp-Param-Flag", header == null ? "-" : header };

        HttpResponse<String> answer = agent.send(agent.post(Agent.message(1, "tools/call", params), headers)).join();

        assertEquals(isTaken ? 200 : 400, answer.statusCode(), answer.body());
        assertEquals(isTaken ? 0 : -32020, exact(answer.body()).at("/error/code").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = { "LEGACY", "MODERN", "none" })
    void streamsOnlyToWhoTakesStreams(String upstreams) {
        Era era = upstreams.equals("LEGACY") ? Era.LEGACY : Era.MODERN;
        Agent agent = before(era);
        upstream.raw("subscriptions/listen", (message, response) -> response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream").write(": here\n\n"));
        Agent asked = upstreams.equals("none") ? deployment.createServer().agent() : agent;

        boolean isModern = !upstreams.equals("MODERN");
        boolean isLegacy = !upstreams.equals("LEGACY");

        if (isLegacy) {
            assertEquals(406, asked.send(asked.request("Accept", "application/json").GET().build()).join().statusCode());
        }
        if (isModern) {
            assertEquals(406, asked.send(asked.post(listening(), "MCP-Protocol-Version", Agent.MODERN, "Mcp-Method",
                    "subscriptions/listen", "Accept", "application/json")).join().statusCode());
        }
        for (String accept : List.of("text/event-stream;q=0.5", "application/json, text/event-stream")) {
            if (isLegacy) {
                try (EventStream stream = asked.listen("Accept", accept)) {
                    assertEquals(200, stream.status());
                }
            }
            if (isModern) {
                try (EventStream stream = asked.open(asked.post(listening(), "MCP-Protocol-Version", Agent.MODERN,
                        "Mcp-Method", "subscriptions/listen", "Accept", accept))) {
                    assertEquals(200, stream.status());
                }
            }
        }
    }

    private static Map<String, Object> listening() {
        return Agent.message(1, "subscriptions/listen", Map.of("notifications", Map.of("toolsListChanged", true), "_meta",
                Map.of("io.modelcontextprotocol/protocolVersion", Agent.MODERN,
                        "io.modelcontextprotocol/clientCapabilities", Map.of())));
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void tellsTheUpstreamNothingOfTheClient(Era era) {
        before(era);
        Agent agent = new Agent(server.agent().request().build().uri() + "?token=" + server.token(), server.token());
        List<String> headers = new ArrayList<>(List.of("Cookie", "secret=1", "X-Forwarded-For", "10.1.2.3",
                "Proxy-Authorization", "Basic secret", "traceparent", "00-secret", "User-Agent", "secret"));
        Map<String, ?> params = Map.of("name", "find", "_meta", era.isModern() ? Map.of()
                : Map.of("io.modelcontextprotocol/protocolVersion", Agent.MODERN,
                        "io.modelcontextprotocol/clientCapabilities", Map.of(), "io.modelcontextprotocol/clientInfo",
                        Map.of("name", "secret", "version", "1")));
        if (era.isLegacy()) {
            headers.addAll(List.of("MCP-Protocol-Version", Agent.MODERN, "Mcp-Method", "tools/call", "Mcp-Name", "find"));
        }

        assertEquals(200, agent.send(agent.post(Agent.message(1, "tools/call", params), headers.toArray(String[]::new))).join()
                .statusCode());

        assertFalse(upstream.asked("tools/call").isEmpty());
        for (Request request = upstream.take(); request != null; request = upstream.take()) {
            String whole = request.uri() + request.headers() + request.text();
            assertFalse(whole.contains("secret") || whole.contains(server.token()) || whole.contains("10.1.2.3")
                    || request.headers().contains("Authorization"), whole);
        }
    }

    // a connection that is silent for long is given up by what stands between
    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void beginsAStreamWhereTheAnswerTakesLong(Era era) throws Exception {
        Agent agent = before(era);
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        upstream.raw("tools/call", (message, response) -> held.add(() -> json(response, 200,
                "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":{\"content\":[]}}")));

        try (EventStream stream = settings.impatiently(() -> agent.open(era.isModern()
                ? agent.legacy(1, "tools/call", FIND)
                : agent.modern(1, "tools/call", FIND)))) {
            assertEquals("text/event-stream", stream.header("Content-Type"));
            held.poll(20, TimeUnit.SECONDS).run();

            assertEquals(exact("[]"), stream.next().json().at("/result/content"));
            assertTrue(stream.next().isEnd());
        }
    }
}
