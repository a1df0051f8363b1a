package io.gatehouse.contract.mcp;

import static io.gatehouse.contract.mcp.Composition.call;
import static io.gatehouse.contract.mcp.Composition.exact;
import static io.gatehouse.contract.mcp.Composition.list;
import static io.gatehouse.contract.mcp.Composition.send;
import static io.gatehouse.contract.mcp.Composition.text;
import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.stream.MovableSettings;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.FakeUpstream.Request;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** Calls of tools that a server has from third-party ones: what passes to the upstream, what comes back, and their end. */
@QuarkusTest
class AggregatedCallsContractDbTest {

    private static final String INFO = "io.modelcontextprotocol/serverInfo";
    private static final Map<String, ?> META = Map.of("io.modelcontextprotocol/related-task", Map.of("taskId", "t"),
            "io.modelcontextprotocol/logLevel", "debug", "vendor/k", 9007199254740993L, "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @Inject
    Deployment deployment;
    @Inject
    Composition composition;
    @Inject
    BothDialects dialects;
    @Inject
    MovableSettings settings;

    private FakeUpstream upstream;

    private Published before(Era era) {
        if (upstream == null) {
            upstream = new FakeUpstream(era).tools(tool("find", "Finds."));
        }
        Published server = deployment.createServer();
        composition.assignWhole(server, composition.whole(deployment.proxy(upstream.url(), Map.of()), "p_")).statusCode(200);
        upstream.forget();
        return server;
    }

    @AfterEach
    void stop() {
        if (upstream != null) {
            upstream.close();
        }
    }

    private static CompletableFuture<HttpResponse<String>> find(Agent agent, Era era, Object id) {
        Map<String, ?> params = Map.of("name", "p_find", "arguments", Map.of());
        return agent.send(era.isModern() ? agent.modern(id, "tools/call", params) : agent.legacy(id, "tools/call", params));
    }

    @ParameterizedTest
    @CsvSource({ "LEGACY,LEGACY", "LEGACY,MODERN", "MODERN,LEGACY", "MODERN,MODERN" })
    void passesMetadataButForTheEras(Era client, Era era) {
        Published server = before(era);

        send(server, client, "tools/call", Map.of("name", "p_find", "_meta", META));

        ObjectNode meta = (ObjectNode) upstream.await("tools/call").body().at("/params/_meta");
        if (era.isModern()) {
            assertEquals("gatehouse", meta.remove("io.modelcontextprotocol/clientInfo").path("name").asText());
            meta.remove(List.of("io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientCapabilities"));
        }
        assertEquals(exact("{\"io.modelcontextprotocol/related-task\":{\"taskId\":\"t\"},\"vendor/k\":9007199254740993,"
                + "\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}"), exact(meta.toString()));
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void introducesItselfInResults(Era era) {
        Published server = before(era);
        upstream.result("tools/call", params -> (ObjectNode) exact("{\"content\":[],\"_meta\":{\"vendor/k\":1}}"));

        JsonNode meta = call(server, Era.MODERN, "p_find", Map.of()).at("/result/_meta");

        assertEquals(server.handle(), meta.path(INFO).path("name").asText());
        assertEquals(1, meta.path("vendor/k").asInt());
        assertEquals(exact("{\"vendor/k\":1}"), call(server, Era.LEGACY, "p_find", Map.of()).at("/result/_meta"));
    }

    @Test
    void introducesItselfInResultsOfImportedOperations() {
        try (BackEnd backEnd = new BackEnd()) {
            Published server = dialects.target(backEnd.url()).server();

            JsonNode result = call(server, Era.MODERN, "first", Map.of()).path("result");

            assertEquals("complete", result.path("resultType").asText());
            assertEquals(server.handle(), result.path("_meta").path(INFO).path("name").asText());
            assertFalse(call(server, Era.LEGACY, "first", Map.of()).path("result").has("_meta"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void stopsTheUpstreamWhenALegacyClientCancels(Era era) throws Exception {
        Agent agent = before(era).agent();
        upstream.raw("tools/call", (message, response) -> {
        });
        CompletableFuture<HttpResponse<String>> call = find(agent, Era.LEGACY, "c");
        JsonNode id = upstream.await("tools/call").body().path("id");

        agent.send(agent.legacy(null, "notifications/cancelled", Map.of("requestId", "c"))).join();

        upstream.awaitGivenUp("tools/call");
        assertEquals(1499, exact(call.get().body()).at("/error/code").asInt());
        assertTold(era, id);
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void stopsTheUpstreamWhenAModernClientClosesItsStream(Era era) {
        Agent agent = before(era).agent();
        upstream.raw("tools/call", (message, response) -> {
        });
        CompletableFuture<HttpResponse<String>> call = find(agent, Era.MODERN, "c");
        JsonNode id = upstream.await("tools/call").body().path("id");

        call.cancel(true);

        upstream.awaitGivenUp("tools/call");
        assertTold(era, id);
    }

    private void assertTold(Era era, JsonNode id) {
        if (era.isLegacy()) {
            assertEquals(id, upstream.await("notifications/cancelled").body().at("/params/requestId"));
        } else {
            assertEquals(List.of(), upstream.asked("notifications/cancelled"));
        }
    }

    // a connection that is silent for long is given up by what stands between
    @ParameterizedTest
    @CsvSource({ "LEGACY,false", "MODERN,false", "MODERN,true" })
    void beginsAStreamWhereTheAnswerTakesLong(Era client, boolean cancels) throws Exception {
        Agent agent = before(Era.MODERN).agent();
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        upstream.raw("tools/call", (message, response) -> held.add(() -> response
                .putHeader("Content-Type", "application/json").end("{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id")
                        + ",\"result\":{\"resultType\":\"complete\",\"content\":[]}}")));
        Map<String, ?> params = Map.of("name", "p_find");

        try (EventStream stream = settings.impatiently(() -> agent.open(client.isModern()
                ? agent.modern(1, "tools/call", params)
                : agent.legacy(1, "tools/call", params)))) {
            assertEquals("text/event-stream", stream.header("Content-Type"));
            if (!cancels) {
                held.poll(20, TimeUnit.SECONDS).run();
                assertEquals(exact("[]"), stream.next().json().at("/result/content"));
                assertTrue(stream.next().isEnd());
                return;
            }
        }
        upstream.awaitGivenUp("tools/call");
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void tellsTheUpstreamNothingOfTheClient(Era era) {
        Published server = before(era);
        Agent agent = new Agent(server.agent().request().build().uri() + "?token=" + server.token(), server.token());
        Map<String, ?> params = Map.of("name", "p_find", "_meta", Map.of("io.modelcontextprotocol/clientInfo", "secret"));

        assertEquals(200, agent.send(agent.post(Agent.message(1, "tools/call", params), "Cookie", "secret=1",
                "X-Forwarded-For", "10.1.2.3", "Proxy-Authorization", "Basic secret", "traceparent", "00-secret",
                "Mcp-Session-Id", "secret", "User-Agent", "secret")).join().statusCode());

        assertFalse(upstream.asked("tools/call").isEmpty());
        for (Request request = upstream.take(); request != null; request = upstream.take()) {
            String whole = request.uri() + request.headers() + request.text();
            assertFalse(whole.contains("secret") || whole.contains(server.token()) || whole.contains("10.1.2.3")
                    || request.headers().contains("Authorization"), whole);
        }
    }

    @Test
    void offersNoHeaderAnnotationThatClientsRefuse() {
        upstream = new FakeUpstream(Era.MODERN).tools("{'name':'find','inputSchema':{'type':'object','properties':{"
                + "'good':{'type':'string','x-mcp-header':'Good'},'twice':{'type':'string','x-mcp-header':'gOOD'},"
                + "'object':{'type':'object','x-mcp-header':'Object'},'space':{'type':'string','x-mcp-header':'a b'},"
                + "'number':{'type':'string','x-mcp-header':5},'list':{'type':'array','items':{'type':'string',"
                + "'x-mcp-header':'Item'}},'x-mcp-header':{'type':'string','default':{'x-mcp-header':1}}},"
                + "'$defs':{'x':{'type':'string','x-mcp-header':'Def'}},'anyOf':[{'x-mcp-header':'Any'}]}}");

        JsonNode schema = list(before(Era.MODERN), Era.MODERN).at("/0/inputSchema");

        assertEquals(exact("{\"type\":\"object\",\"properties\":{\"good\":{\"type\":\"string\",\"x-mcp-header\":\"Good\"},"
                + "\"twice\":{\"type\":\"string\"},\"object\":{\"type\":\"object\"},\"space\":{\"type\":\"string\"},"
                + "\"number\":{\"type\":\"string\"},\"list\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                + "\"x-mcp-header\":{\"type\":\"string\",\"default\":{\"x-mcp-header\":1}}},"
                + "\"$defs\":{\"x\":{\"type\":\"string\"}},\"anyOf\":[{}]}"), schema);
    }

    @Test
    void saysNoAddressOfADeadUpstream() {
        Published server = before(Era.MODERN);
        upstream.close();

        JsonNode answer = call(server, Era.MODERN, "p_find", Map.of());

        assertTrue(answer.at("/result/isError").asBoolean());
        assertEquals("The MCP server behind this one can't be reached", text(answer));
    }
}
