package io.gatehouse.contract.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.contract.mcp.Limited.Era;
import io.gatehouse.contract.mcp.Limited.Kind;
import io.gatehouse.gateway.stream.MovableSettings;
import io.gatehouse.testing.Activity;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.EventStream;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** Calls at one time: a place is left however its call ends. */
@QuarkusTest
class ConcurrencyContractDbTest {

    private static final String ONE = "{'max_concurrent_calls':1}";
    private static final Map<String, ?> ECHO = Map.of("name", "echo");

    @Inject
    Deployment deployment;

    @Inject
    DataSource database;
    @Inject
    Activity activity;
    @Inject
    MovableSettings settings;
    @Inject
    MeterRegistry registry;

    private final BlockingQueue<HttpServerResponse> held = new LinkedBlockingQueue<>();
    private Limited target;

    @AfterEach
    void stop() {
        target.close();
    }

    private void target(Kind kind, Era era, String policy) {
        target = new Limited(deployment, kind, era);
        target.policy(policy);
        target.backEnd.answers(held::add);
        target.upstream.raw("tools/call", (message, response) -> held.add(response));
    }

    private void beginStreams() {
        target.upstream.raw("tools/call", (message, response) -> {
            response.setChunked(true).putHeader("Content-Type", "text/event-stream");
            response.write("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\n");
            held.add(response);
        });
    }

    private CompletableFuture<HttpResponse<String>> begin(Era era, Object id) {
        return target.server.agent().send(Limited.request(target.server.agent(), era, id, "tools/call", ECHO));
    }

    private HttpServerResponse next() throws InterruptedException {
        HttpServerResponse response = held.poll(30, TimeUnit.SECONDS);
        assertTrue(response != null, "no call came through");
        return response;
    }

    /** Asks again for as long as the place that was left is not free: nobody tells when. */
    private void assertFree(Era era) {
        target.backEnd.answers(BackEnd.json("{}"));
        target.upstream.raw("tools/call", (message, response) -> response.putHeader("Content-Type", "application/json")
                .end("{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":{\"content\":[]}}"));
        Await.until(() -> target.call(era, "echo").statusCode() == 200, () -> "The place is not free");
    }

    private static void assertFull(HttpResponse<String> answer, String rule) {
        assertEquals(429, answer.statusCode(), answer.body());
        JsonNode error = Agent.json(answer.body()).path("error");
        assertEquals(1429, error.path("code").asInt());
        assertEquals(rule, error.at("/data/limit").asText());
        assertEquals(1, error.at("/data/capacity").asInt());
        assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
    }

    // P-3
    @ParameterizedTest
    @MethodSource("io.gatehouse.contract.mcp.LimitsContractDbTest#everywhere")
    void refusesTheCallWhileAnotherIsUnderWay(Kind kind, Era era) throws Exception {
        target(kind, era, "{'max_concurrent_calls':1,'rate_limit':{'requests_per_hour':2}}");
        CompletableFuture<HttpResponse<String>> first = begin(era, 1);
        HttpServerResponse response = next();

        for (int i = 0; i < 3; i++) {
            assertFull(target.call(era, "other"), "max_concurrent_calls");
        }

        assertEquals(200, target.send(era, 1, "tools/list", Map.of()).statusCode());
        assertEquals(1, target.arrivals());
        response.setStatusCode(500).end();
        first.join();
        target.upstream.forget();
        assertFree(era);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{'tool_limits':{'*':{'max_concurrent_calls':1}}}|tool_limits.echo.",
            "{'tool_limits':{'echo':{'max_concurrent_calls':1}}}|tool_limits.echo.",
            "{'caller_limits':{'max_concurrent_calls':1}}|caller_limits.", ONE + "|''" })
    void keepsEachLimit(String policy, String part) throws Exception {
        target(Kind.COMPOSED, Era.LEGACY, policy);
        CompletableFuture<HttpResponse<String>> first = begin(Era.LEGACY, 1);
        HttpServerResponse response = next();

        assertFull(target.call(Era.LEGACY, "echo"), part + "max_concurrent_calls");

        response.end("{}");
        assertEquals(200, first.join().statusCode());
        assertFree(Era.LEGACY);
    }

    @Test
    void tellsTheModelWhereThePolicySaysSo() throws Exception {
        target(Kind.COMPOSED, Era.MODERN, "{'max_concurrent_calls':1,'on_limit':'tell_model'}");
        CompletableFuture<HttpResponse<String>> first = begin(Era.MODERN, 1);
        HttpServerResponse response = next();

        HttpResponse<String> told = target.call(Era.MODERN, "echo");

        assertEquals(200, told.statusCode());
        assertTrue(Agent.json(told.body()).at("/result/isError").asBoolean(), told.body());
        response.end("{}");
        assertEquals(200, first.join().statusCode());
        assertFree(Era.MODERN);
    }

    @Test
    void leavesThePlaceOfACallThatIsRefusedForAnotherReason() {
        Await.roomIn(ChronoUnit.HOURS);
        target(Kind.COMPOSED, Era.LEGACY, "{'max_concurrent_calls':1,'tool_limits':{'other':{'requests_per_hour':1}}}");
        target.backEnd.answers(BackEnd.json("{}"));
        assertEquals(200, target.call(Era.LEGACY, "other").statusCode());
        assertEquals(429, target.call(Era.LEGACY, "other").statusCode());
        assertEquals(200, target.call(Era.LEGACY, "invented").statusCode());
        assertEquals(400, target.server.agent().send(target.server.agent().post(Agent.message(1, "tools/call", ECHO),
                "MCP-Protocol-Version", "2020-01-01")).join().statusCode());

        assertEquals(200, target.call(Era.LEGACY, "echo").statusCode());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void leavesThePlaceWhenAModernClientGoes(Kind kind) throws Exception {
        target(kind, Era.MODERN, ONE);
        CompletableFuture<HttpResponse<String>> call = begin(Era.MODERN, 1);
        next();

        call.cancel(true);

        assertFree(Era.MODERN);
    }

    /** Its first part waits until the log says that it is open, and there is nobody left to read it then. */
    @ParameterizedTest
    @EnumSource(value = Kind.class, names = { "PROXIED", "BRIDGED" })
    void leavesThePlaceWhenAModernClientGoesBeforeItsStreamBegins(Kind kind) throws Exception {
        target(kind, Era.MODERN, ONE);
        beginStreams();
        try (Connection locking = database.getConnection()) {
            locking.setAutoCommit(false);
            locking.createStatement().execute("set local lock_timeout = '5s'; lock table activity_chunk in share mode");
            try {
                target.server.agent().send(Limited.request(target.server.agent(), Era.MODERN, 2, "tools/list", Map.of()));
                Gauge backlog = registry.get("gatehouse.activity.backlog.bytes").gauge();
                Await.until(() -> backlog.value() > 0, () -> "Nothing waits for its commit");
                double listed = backlog.value();
                // What is bridged says nothing that passes, so its stream begins when that takes long
                CompletableFuture<HttpResponse<String>> call = settings.impatiently(() -> {
                    CompletableFuture<HttpResponse<String>> begun = begin(Era.MODERN, 1);
                    next();
                    return begun;
                });
                Await.until(() -> backlog.value() > listed, () -> "No stream is about to begin");

                call.cancel(true);

                // The stream waits for its reader no more
                target.upstream.awaitGivenUp("tools/call");
            } finally {
                locking.rollback();
            }
        }
        assertFree(Era.MODERN);
        Await.until(() -> outcomes().equals(Set.of("abandoned", "success")), () -> "Recorded is " + outcomes());
    }

    /** What the log says of calls that were carried out; the end of a stream is noted once its beginning is. */
    private Set<String> outcomes() {
        return activity.of(target.server.handle()).stream().map(entry -> entry.get("status").toString())
                .filter(status -> !status.equals("refused")).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = { "COMPOSED", "BRIDGED" })
    void leavesThePlaceWhenALegacyClientCancels(Kind kind) throws Exception {
        target(kind, Era.LEGACY, ONE);
        CompletableFuture<HttpResponse<String>> call = begin(Era.LEGACY, "c");
        next();

        target.send(Era.LEGACY, null, "notifications/cancelled", Map.of("requestId", "c"));

        call.join();
        assertFree(Era.LEGACY);
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = { "COMPOSED", "BRIDGED" })
    void keepsThePlaceWhenALegacyClientGoesUntilTheWorkEnds(Kind kind) throws Exception {
        target(kind, Era.LEGACY, ONE);
        CompletableFuture<HttpResponse<String>> call = begin(Era.LEGACY, "c");
        HttpServerResponse response = next();

        call.cancel(true);
        for (int i = 0; i < 5; i++) {
            assertFull(target.call(Era.LEGACY, "echo"), "max_concurrent_calls");
        }

        response.reset();
        assertFree(Era.LEGACY);
    }

    @ParameterizedTest
    @MethodSource("io.gatehouse.contract.mcp.LimitsContractDbTest#everywhere")
    void leavesThePlaceWhenTheBackEndFails(Kind kind, Era era) throws Exception {
        target(kind, era, ONE);
        CompletableFuture<HttpResponse<String>> call = begin(era, 1);

        next().reset();

        call.join();
        assertFree(era);
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void keepsThePlaceUntilTheStreamEnds(Era era) throws Exception {
        target(Kind.PROXIED, era, ONE);
        beginStreams();
        try (EventStream stream = target.server.agent()
                .open(Limited.request(target.server.agent(), era, 1, "tools/call", ECHO))) {
            HttpServerResponse response = next();
            assertEquals("notifications/message", stream.nextMethod());

            assertFull(target.call(era, "echo"), "max_concurrent_calls");

            response.end("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[],\"resultType\":\"complete\"}}\n\n");
            stream.next();
            assertTrue(stream.next().isEnd());
        }
        assertFree(era);
    }

    @Test
    void leavesThePlaceWhenAModernClientLeavesItsStream() throws Exception {
        target(Kind.PROXIED, Era.MODERN, ONE);
        beginStreams();
        try (EventStream stream = target.server.agent()
                .open(Limited.request(target.server.agent(), Era.MODERN, 1, "tools/call", ECHO))) {
            next();
            assertEquals("notifications/message", stream.nextMethod());
        }
        assertFree(Era.MODERN);
    }
}
