package io.gatehouse.packaged;

import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.OtlpReceiver;
import io.gatehouse.testing.OtlpReceiver.Span;

/** What a replica that is told where to tells of its requests by OpenTelemetry, and what others do: nothing. */
class TelemetryIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";
    private static final String PARENT = "00-" + TRACE + '-' + CALLER + "-01";
    private static final String OTHER = "11111111111111111111111111111111-2222222222222222";
    private static final Map<String, ?> ARGUMENTS = Map.of();
    private static final int INTERNAL = 1;
    private static final int SERVER = 2;
    private static final int CLIENT = 3;

    private static OtlpReceiver receiver;
    private static Installation gatehouse;
    private static ComposedServer composed;

    @BeforeAll
    static void start() throws Exception {
        receiver = new OtlpReceiver();
        gatehouse = Installation.onLocalhost(Installation.freePort(), Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url(),
                "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20collector", "OTEL_BSP_SCHEDULE_DELAY", "50",
                "OTEL_METRIC_EXPORT_INTERVAL", "200", "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"));
        composed = new ComposedServer(gatehouse);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] { composed, gatehouse, receiver }) {
            if (part != null) {
                part.close();
            }
        }
    }

    private static Agent agent(String base, String url) {
        return new Agent(base + url.replaceFirst(".*?/mcp/", "/mcp/").replaceFirst("\\?.*", ""),
                url.replaceFirst(".*token=", ""));
    }

    private static Agent agent(String url) {
        return agent(gatehouse.url(), url);
    }

    private static HttpResponse<String> call(Agent agent, Era era, String tool, String parent) {
        Map<String, Object> params = new HashMap<>(Map.of("name", tool, "arguments", ARGUMENTS));
        if (parent != null) {
            params.put("_meta", Map.of("traceparent", parent, "vendor/key", 1));
        }
        HttpRequest request = era.isModern() ? agent.modern("seven", "tools/call", params)
                : agent.legacy("seven", "tools/call", params);
        return agent.send(HttpRequest.newBuilder(request, (name, value) -> true)
                .header("traceparent", "00-" + OTHER + "-01").header("X-Request-Id", "followed").build()).join();
    }

    /** All spans of one request, by name; of the server's comes last. */
    private static Map<String, Span> spans() throws InterruptedException {
        Map<String, Span> spans = new HashMap<>();
        Span span;
        do {
            span = receiver.span();
            spans.put(span.kind() == SERVER ? "server" : span.kind() == CLIENT ? "client" : span.name(), span);
        } while (span.kind() != SERVER);
        return spans;
    }

    private static void isWithin(Span outer, Span inner) {
        assertEquals(outer.trace(), inner.trace());
        assertEquals(outer.id(), inner.parent());
    }

    @ParameterizedTest
    @CsvSource({ "MODERN", "LEGACY" })
    void aCallOfAnApiIsASpanWithItsStages(Era era) throws Exception {
        HttpResponse<String> response = call(agent(composed.url()), era, "test_simple_text", PARENT);

        assertEquals(200, response.statusCode(), response::body);
        Map<String, Span> spans = spans();
        Span server = spans.get("server");
        assertEquals("tools/call test_simple_text", server.name());
        assertEquals(List.of(TRACE, CALLER), List.of(server.trace(), server.parent()));
        assertEquals(List.of(OTHER), server.links());
        assertFalse(server.failed());
        Map<String, String> told = server.attributes();
        assertEquals(List.of("tools/call", "test_simple_text", "execute_tool", "seven", "http", "1.1", "tcp", "127.0.0.1",
                "followed"),
                List.of("mcp.method.name", "gen_ai.tool.name", "gen_ai.operation.name", "jsonrpc.request.id",
                        "network.protocol.name", "network.protocol.version", "network.transport", "client.address",
                        "gatehouse.request.id").stream().map(told::get).toList());
        assertEquals(era.isModern() ? Agent.MODERN : Agent.LEGACY, told.get("mcp.protocol.version"));
        assertTrue(told.containsKey("client.port") && told.containsKey("gatehouse.server.id"), told::toString);
        assertNull(told.get("error.type"));
        for (String stage : List.of("authenticate", "limit", "execute", "record")) {
            isWithin(server, spans.get(stage));
            assertEquals(INTERNAL, spans.get(stage).kind());
        }
        Span client = spans.get("client");
        isWithin(spans.get("execute"), client);
        assertEquals("GET", client.name());
        assertEquals(List.of("GET", "200", "127.0.0.1"), List.of("http.request.method", "http.response.status_code",
                "server.address").stream().map(client.attributes()::get).toList());
        assertTrue(client.attributes().get("url.full").endsWith("/text"), client::toString);
    }

    @Test
    void theHeaderIsTheParentWhereTheMessageHasNone() throws Exception {
        call(agent(composed.url()), Era.MODERN, "test_simple_text", null);

        Span server = spans().get("server");
        assertEquals(OTHER, server.trace() + '-' + server.parent());
        assertEquals(List.of(), server.links());
    }

    @Test
    void aFailedToolAnUnknownOneAndARefusalAreErrors() throws Exception {
        call(agent(composed.url()), Era.LEGACY, "test_error_handling", PARENT);
        Map<String, Span> failed = spans();
        call(agent(composed.url()), Era.LEGACY, "made_up", PARENT);
        Map<String, Span> unknown = spans();
        call(new Agent(composed.url().replaceFirst("\\?.*", ""), "wrong"), Era.LEGACY, "test_simple_text", PARENT);
        Map<String, Span> refused = spans();

        assertEquals("tool_error", failed.get("server").attributes().get("error.type"));
        assertEquals("500", failed.get("client").attributes().get("error.type"));
        assertEquals("tools/call", unknown.get("server").name());
        assertEquals("-32602", unknown.get("server").attributes().get("error.type"));
        assertEquals("-32602", unknown.get("server").attributes().get("rpc.response.status_code"));
        assertEquals("1401", refused.get("server").attributes().get("error.type"));
        assertEquals(OTHER, refused.get("server").trace() + '-' + refused.get("server").parent());
        assertFalse(refused.containsKey("execute"));
        assertTrue(failed.get("server").failed() && unknown.get("server").failed() && refused.get("server").failed());
    }

    // What passes, what is bridged: the upstream is told of the span that calls it
    @ParameterizedTest
    @CsvSource({ "MODERN,MODERN", "LEGACY,MODERN", "MODERN,LEGACY" })
    void aCallOfAnotherServerGoesOnWithItsSpan(Era era, Era upstreams) throws Exception {
        try (FakeUpstream upstream = new FakeUpstream(upstreams).tools(tool("find", "Finds."))) {
            Agent agent = agent(gatehouse.proxy(upstream.url()));
            upstream.forget();

            HttpResponse<String> response = call(agent, era, "find", PARENT);

            assertEquals(200, response.statusCode(), response::body);
            Map<String, Span> spans = spans();
            Span client = spans.get("client");
            isWithin(spans.get("execute"), client);
            isWithin(spans.get("server"), spans.get("execute"));
            assertEquals("tools/call find", client.name());
            assertEquals("tools/call", client.attributes().get("mcp.method.name"));
            FakeUpstream.Request request = upstream.take();
            while (!request.body().path("method").asText().equals("tools/call")) {
                request = upstream.take();
            }
            String told = "00-" + TRACE + '-' + client.id() + "-01";
            assertEquals(told, request.body().at("/params/_meta/traceparent").asText());
            assertEquals(told, request.headers().get("traceparent"));
            assertEquals(1, request.body().at("/params/_meta/vendor~1key").asInt());
            assertEquals("followed", request.headers().get("X-Request-Id"));
        }
    }

    @Test
    void whatIsReadIsNamedWithoutItsQuery() throws Exception {
        Agent agent = agent(composed.url());
        agent.send(agent.legacy(1, "resources/read", Map.of("uri", "https://files.example/a?token=s3cret#b"))).join();

        assertEquals("https://files.example/a", spans().get("server").attributes().get("mcp.resource.uri"));
    }

    // P-22: the log knows the trace
    @Test
    void theActivityLogNamesTheRecordedTrace() throws Exception {
        HttpResponse<String> response = agent(composed.url()).send(agent(composed.url()).legacy(1, "tools/list", Map.of()))
                .join();

        assertEquals(200, response.statusCode());
        Span server = spans().get("server");
        assertEquals("tools/list", server.name());
        assertNotEquals(TRACE, server.trace());
        assertEquals("", server.parent());
        String handle = composed.url().replaceFirst(".*/mcp/", "").replaceFirst("\\?.*", "");
        assertTrue(gatehouse.get("/api/mcp/mcp_servers/" + handle + "/logs").text().contains(server.trace()));
    }

    @Test
    void bothSidesAreMeasuredInSeconds() throws Exception {
        try (FakeUpstream upstream = new FakeUpstream(Era.MODERN).tools(tool("find", "Finds."))) {
            call(agent(gatehouse.proxy(upstream.url())), Era.MODERN, "find", null);
            spans();

            OtlpReceiver.Series called = receiver.series("mcp.client.operation.duration");
            OtlpReceiver.Series served = receiver.series("mcp.server.operation.duration");

            assertEquals("s", called.unit());
            assertEquals("s", served.unit());
            assertTrue(called.attributes().keySet().containsAll(List.of("mcp.method.name", "server.address")),
                    called::toString);
            assertTrue(served.attributes().containsKey("mcp.method.name"), served::toString);
            assertEquals("gatehouse", receiver.resource().get("service.name"));
            assertEquals("test", receiver.resource().get("deployment.environment.name"));
            assertEquals("Bearer collector", receiver.credential());
        }
    }

    @Test
    void nothingIsSentWhereItIsOff() throws Exception {
        try (OtlpReceiver unused = new OtlpReceiver()) {
            try (Replica silent = gatehouse.another(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", unused.url(), "OTEL_SDK_DISABLED",
                    "true"))) {
                assertEquals(200,
                        call(agent(silent.url(), composed.url()), Era.MODERN, "test_simple_text", PARENT).statusCode());
            }
            assertEquals(0, unused.requests());
        }
    }
}
