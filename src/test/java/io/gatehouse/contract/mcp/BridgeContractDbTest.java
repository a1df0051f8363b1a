package io.gatehouse.contract.mcp;

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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.BoundedNumbers;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.FakeUpstream.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** A proxy server whose upstream speaks the other era. // G-16 */
@QuarkusTest
class BridgeContractDbTest {

    private static final Map<String, ?> FIND = Map.of("name", "find", "arguments", Map.of("n", 9007199254740993L));
    private static final String RESULT = "{\"content\":[],\"structuredContent\":{\"n\":9007199254740993,\"d\":1.10},\"x\":1,"
            + "\"_meta\":{\"vendor/k\":1}}";
    private static final JsonMapper JSON = BoundedNumbers.strictMapper();
    private static final String LOG = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":"
            + "{\"level\":\"info\",\"data\":1}}";
    private static final String INFO = "io.modelcontextprotocol/serverInfo";

    @Inject
    Deployment deployment;

    private FakeUpstream upstream;

    private Agent before(Era era) {
        upstream = new FakeUpstream(era).tools(tool("find", "Finds.")).offers("prompts", "{'listChanged':true}")
                .offers("resources", "{'subscribe':true,'listChanged':true}").offers("logging", "{}").offers("tools",
                        "{'listChanged':true}");
        upstream.result("tools/call", params -> (ObjectNode) exact(RESULT));
        Agent agent = deployment.proxy(upstream.url(), Map.of()).agent();
        upstream.forget();
        return agent;
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private static JsonNode exact(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static JsonNode legacy(Agent agent, Object id, String method, Map<String, ?> params) {
        HttpResponse<String> answer = agent.send(agent.legacy(id, method, params)).join();
        assertEquals(200, answer.statusCode());
        return exact(answer.body());
    }

    private static JsonNode modern(Agent agent, Object id, String method, Map<String, ?> params) {
        return exact(agent.send(agent.modern(id, method, params)).join().body());
    }

    private static void event(HttpServerResponse response, String json) {
        if (!response.headWritten()) {
            response.setChunked(true).putHeader("Content-Type", "text/event-stream").write("id: 0\ndata:\n\n");
        }
        response.write("event: message\ndata: " + json + "\n\n");
    }

    @Test
    void introducesAModernUpstreamToLegacyClients() {
        JsonNode result = legacy(before(Era.MODERN), 0, "initialize",
                Map.of("protocolVersion", "2025-06-18", "capabilities", Map.of("sampling", Map.of()))).path("result");

        assertEquals("2025-06-18", result.path("protocolVersion").asText());
        assertEquals("fake-upstream", result.at("/serverInfo/name").asText());
        assertEquals("Say what you want.", result.path("instructions").asText());
        assertEquals(exact("{\"tools\":{\"listChanged\":true},\"prompts\":{\"listChanged\":true},"
                + "\"resources\":{\"listChanged\":true}}"), result.path("capabilities"));
        assertFalse(result.has("resultType") || result.has("ttlMs"));
    }

    @Test
    void introducesALegacyUpstreamToModernClients() {
        JsonNode result = modern(before(Era.LEGACY), 0, "server/discover", Map.of()).path("result");

        assertEquals(exact("[\"2026-07-28\"]"), result.path("supportedVersions"));
        assertEquals("fake-upstream", result.path("_meta").path(INFO).path("name").asText());
        assertEquals(exact("{\"tools\":{\"listChanged\":true},\"prompts\":{\"listChanged\":true},"
                + "\"resources\":{\"subscribe\":true,\"listChanged\":true}}"), result.path("capabilities"));
    }

    @Test
    void callsAModernUpstreamForLegacyClients() {
        Agent agent = before(Era.MODERN);

        JsonNode answer = legacy(agent, "9", "tools/call", FIND);

        assertEquals(exact("{\"jsonrpc\":\"2.0\",\"id\":\"9\",\"result\":" + RESULT + "}"), answer);
        Request request = upstream.await("tools/call");
        assertEquals("find", request.headers().get("Mcp-Name"));
        assertEquals("tools/call", request.headers().get("Mcp-Method"));
        assertEquals(exact("{\"n\":9007199254740993}"), exact(request.body().at("/params/arguments").toString()));
        assertEquals(0, request.body().at("/params/_meta/io.modelcontextprotocol~1clientCapabilities").size());
        assertEquals(-32601, legacy(agent, 1, "resources/subscribe", Map.of("uri", "a:b")).at("/error/code").asInt());
        assertEquals(exact("{}"), legacy(agent, 1, "ping", Map.of()).path("result"));
    }

    @Test
    void callsALegacyUpstreamForModernClients() {
        Agent agent = before(Era.LEGACY);

        JsonNode answer = modern(agent, 1L << 53, "tools/call", FIND);
        modern(agent, 2, "tools/call", FIND);

        assertEquals(1L << 53, answer.path("id").asLong());
        ObjectNode result = (ObjectNode) answer.path("result");
        assertEquals("complete", result.remove("resultType").asText());
        assertTrue(((ObjectNode) result.path("_meta")).remove(INFO).isObject());
        assertEquals(exact(RESULT), result);
        Request request = upstream.await("tools/call");
        assertFalse(request.body().toString().contains("io.modelcontextprotocol"), request.text());
        assertEquals("2025-11-25", request.headers().get("MCP-Protocol-Version"));
        assertEquals(1, upstream.openSessions(), "one session for all");
        JsonNode list = modern(agent, 1, "tools/list", Map.of()).path("result");
        assertEquals("private", list.path("cacheScope").asText());
        assertEquals("find", list.at("/tools/0/name").asText());
        assertEquals(-32601, modern(agent, 1, "logging/setLevel", Map.of()).at("/error/code").asInt());
    }

    @Test
    void beginsAnotherSessionWhereTheUpstreamForgotIt() {
        Agent agent = before(Era.LEGACY);
        modern(agent, 1, "tools/call", FIND);
        upstream.forgetSessions();

        assertTrue(modern(agent, 2, "tools/call", FIND).has("result"));
    }

    @Test
    void passesProgressUnderTheClientsOwnToken() {
        Agent agent = before(Era.LEGACY);
        upstream.raw("tools/call", (message, response) -> {
            String own = message.at("/params/_meta/progressToken").toString();
            event(response, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":" + own
                    + ",\"progress\":0.10,\"x\":1}}");
            event(response,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"other\",\"progress\":1}}");
            event(response, LOG);
            event(response, "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + RESULT + "}");
        });

        try (EventStream stream = agent.open(agent.modern("c", "tools/call", Map.of("name", "find", "_meta",
                Map.of("progressToken", "t"))))) {
            assertEquals(
                    Agent.json("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"t\","
                            + "\"progress\":0.10,\"x\":1}}"),
                    stream.next().json());
            assertEquals("c", stream.next().json().path("id").asText());
            assertTrue(stream.next().isEnd());
        }
    }

    @Test
    void tellsALegacyUpstreamWhenAModernClientGoes() {
        Agent agent = before(Era.LEGACY);
        upstream.raw("tools/call", (message, response) -> {
        });
        CompletableFuture<?> call = agent.send(agent.modern(1, "tools/call", FIND));
        JsonNode id = upstream.await("tools/call").body().path("id");

        call.cancel(true);

        assertEquals(id, upstream.await("notifications/cancelled").body().at("/params/requestId"));
        upstream.awaitGivenUp("tools/call");
    }

    @Test
    void stopsAModernUpstreamWhenALegacyClientCancels() {
        Agent agent = before(Era.MODERN);
        upstream.raw("tools/call", (message, response) -> {
        });
        CompletableFuture<HttpResponse<String>> call = agent.send(agent.legacy("c", "tools/call", FIND));
        upstream.await("tools/call");

        assertEquals(202, agent.send(agent.legacy(null, "notifications/cancelled", Map.of("requestId", "c"))).join()
                .statusCode());

        upstream.awaitGivenUp("tools/call");
        assertEquals(1499, exact(call.join().body()).at("/error/code").asInt());
        assertEquals(List.of(), upstream.asked("notifications/cancelled"));
    }

    @Test
    void endsTheStreamThatALegacyClientCancels() {
        Agent agent = before(Era.MODERN);
        upstream.raw("tools/call", (message, response) -> event(response, LOG));
        try (EventStream stream = agent.open(agent.legacy("c", "tools/call", FIND))) {
            assertEquals("notifications/message", stream.nextMethod());

            agent.send(agent.legacy(null, "notifications/cancelled", Map.of("requestId", "c"))).join();

            JsonNode last = stream.next().json();
            assertEquals("c", last.path("id").asText());
            assertEquals(1499, last.at("/error/code").asInt());
            assertTrue(stream.next().isEnd());
        }
        upstream.awaitGivenUp("tools/call");
    }

    @Test
    void goesOnWhenALegacyClientLeavesItsStream() throws Exception {
        Agent agent = before(Era.MODERN);
        BlockingQueue<HttpServerResponse> held = new LinkedBlockingQueue<>();
        BlockingQueue<HttpServerResponse> givenUp = new LinkedBlockingQueue<>();
        upstream.raw("tools/call", (message, response) -> {
            response.closeHandler(closed -> givenUp.add(response));
            event(response, LOG);
            held.add(response);
        });
        try (EventStream stream = agent.open(agent.legacy("left", "tools/call", FIND))) {
            stream.next();
        }
        HttpServerResponse left = held.poll(30, TimeUnit.SECONDS);
        EventStream other = agent.open(agent.legacy("cancelled", "tools/call", FIND));
        other.next();
        agent.send(agent.legacy(null, "notifications/cancelled", Map.of("requestId", "cancelled"))).join();

        assertEquals(held.poll(30, TimeUnit.SECONDS), givenUp.poll(30, TimeUnit.SECONDS));
        agent.send(agent.legacy(null, "notifications/cancelled", Map.of("requestId", "left"))).join();
        assertEquals(left, givenUp.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void failsACallThatWantsAnAnswerOfALegacyClient() {
        Agent agent = before(Era.MODERN);
        upstream.raw("tools/call", (message, response) -> response.putHeader("Content-Type", "application/json")
                .end("{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id")
                        + ",\"result\":{\"resultType\":\"input_required\",\"inputRequests\":"
                        + "{\"a\":{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\",\"url\":\"https://x/y\",\"message\":\"Sign in.\"}}}}}"));

        JsonNode result = legacy(agent, 1, "tools/call", FIND).path("result");

        assertTrue(result.path("isError").asBoolean());
        assertTrue(result.at("/content/0/text").asText().contains("Sign in. Open https://x/y"));
    }

    @Test
    void letsModernClientsListenToALegacyUpstream() {
        Agent agent = before(Era.LEGACY);
        upstream.result("resources/subscribe", params -> (ObjectNode) exact("{}"));
        upstream.raw("GET", (message, response) -> {
            event(response, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/prompts/list_changed\"}");
            event(response, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
            event(response,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\"a:b\"}}");
        });
        int sessions = upstream.openSessions();

        try (EventStream stream = agent.open(agent.modern(7, "subscriptions/listen",
                Map.of("notifications", Map.of("toolsListChanged", true, "resourceSubscriptions", List.of("a:b")))))) {
            JsonNode acknowledged = stream.next().json();
            assertEquals("notifications/subscriptions/acknowledged", acknowledged.path("method").asText());
            assertEquals(Agent.json("{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"a:b\"]}"),
                    acknowledged.at("/params/notifications"));
            JsonNode changed = stream.next().json();
            assertEquals("notifications/tools/list_changed", changed.path("method").asText());
            assertEquals(Agent.json("7"), changed.at("/params/_meta/io.modelcontextprotocol~1subscriptionId"));
            assertEquals("notifications/resources/updated", stream.nextMethod());
        }

        upstream.await("DELETE");
        assertEquals(sessions, upstream.openSessions());
    }

    @Test
    void letsLegacyClientsListenToAModernUpstream() {
        Agent agent = before(Era.MODERN);
        upstream.raw("subscriptions/listen", (message, response) -> {
            event(response, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{}}");
            event(response, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\",\"params\":{\"_meta\":"
                    + "{\"io.modelcontextprotocol/subscriptionId\":1}}}");
        });

        try (EventStream stream = agent.listen()) {
            assertEquals("notifications/tools/list_changed", stream.nextMethod());
        }
        upstream.awaitGivenUp("subscriptions/listen");
    }
}
