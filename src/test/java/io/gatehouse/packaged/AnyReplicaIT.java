package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Request;

/** Any replica serves any request: clients go to another one each time, and replicas come and go. */
class AnyReplicaIT {

    private static final String FOUND = """
            {"jsonrpc": "2.0", "id": %s, "result": {"resultType": "complete", "content": [{"type": "text", "text": "found"}]}}
            """;

    private static NodeProject programs;
    private static Installation gatehouse;
    private static ComposedServer composed;
    private static EverythingServer everything;
    private static Replica other;

    @BeforeAll
    static void start() throws Exception {
        programs = new NodeProject("mcp");
        gatehouse = Installation.onLocalhost();
        composed = new ComposedServer(gatehouse);
        everything = new EverythingServer(new NodeProject("conformance"), "both");
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] { everything, composed, other, gatehouse }) {
            if (part != null) {
                part.close();
            }
        }
    }

    @BeforeEach
    void startAnotherReplica() throws Exception {
        if (other == null || !other.process().isAlive()) {
            other = gatehouse.another(Map.of());
        }
    }

    private static PassingProxy balancer() throws Exception {
        return new PassingProxy(List.of(gatehouse.url(), other.url()), piece -> true);
    }

    private static String through(PassingProxy balancer, String url) {
        return balancer.url() + url.substring(url.indexOf("/mcp/"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "1", "legacy", "auto", "modern" })
    void aComposedServerIsServedByReplicasInTurn(String way) throws Exception {
        try (PassingProxy balancer = balancer()) {
            NodeProject.Result result = programs.script("journey.mjs", way, through(balancer, composed.url()));

            assertEquals("halfway\narrived, 0 tried again\n", result.output());
        }
    }

    // A replica is killed halfway, and only a request that it had is tried again
    @ParameterizedTest
    @ValueSource(strings = { "1", "legacy", "auto", "modern" })
    void aProxyServerOutlivesAReplica(String way) throws Exception {
        try (PassingProxy balancer = balancer()) {
            Process journey = programs.start("journey.mjs", way, through(balancer, gatehouse.proxy(everything.url())));
            BufferedReader output = journey.inputReader(StandardCharsets.UTF_8);
            assertEquals("halfway", output.readLine());

            other.kill();
            journey.getOutputStream().close();

            List<String> rest = output.lines().toList();
            assertTrue(rest.size() > 0 && rest.get(rest.size() - 1).matches("arrived, [01] tried again"), rest::toString);
            assertEquals(0, journey.waitFor());
        }
    }

    // P-13: by the replica that the administrator did not talk to
    @Test
    void aGroupThatIsTakenOutIsOutWithTheNextRequest() throws Exception {
        BackEnd backEnd = new BackEnd();
        GuardedServer server = new GuardedServer(gatehouse, backEnd.url());
        String groups = "/api/mcp/mcp_servers/" + server.url().replaceFirst(".*/", "");
        JsonNode account = gatehouse.made("POST", "/api/iam/service_accounts", Map.of("name", "Report"));
        String member = "/api/iam/service_accounts/" + account.path("id").asInt();
        Map<String, Object> group = Map.of("user_group_ids", List.of(server.group()));
        gatehouse.made("POST", member + "/add_to_group", group);
        String form = "grant_type=client_credentials&client_id=" + account.path("client_id").asText() + "&client_secret="
                + account.path("client_secret").asText() + "&resource=" + server.url();
        String token = gatehouse.wire().send(new Wire.Request("POST", "/oauth/token", Map.of("Content-Type",
                "application/x-www-form-urlencoded"), form.getBytes(StandardCharsets.UTF_8))).json().path("access_token")
                .asText();
        Agent agent = new Agent(other.url() + server.url().replaceFirst(".*?/mcp/", "/mcp/"), token);

        for (int i = 0; i < 10; i++) {
            assertEquals(200, ping(agent));
            gatehouse.made("POST", member + "/remove_from_group", group);
            assertEquals(403, ping(agent));
            gatehouse.made("POST", member + "/add_to_group", group);
            assertEquals(200, ping(agent));
            gatehouse.made("POST", groups + "/remove_user_groups", group);
            assertEquals(403, ping(agent));
            gatehouse.made("POST", groups + "/assign_user_groups", group);
        }
        backEnd.close();
    }

    private static int ping(Agent agent) {
        return agent.send(agent.legacy(1, "ping", Map.of())).join().statusCode();
    }

    private static Agent agent(Replica replica, String url) {
        return new Agent(replica.url() + url.replaceFirst(".*?/mcp/", "/mcp/").replaceFirst("\\?.*", ""),
                url.replaceFirst(".*token=", ""));
    }

    @Test
    void aReplicaThatStopsLosesNoCall() throws Exception {
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        try (FakeUpstream upstream = new FakeUpstream(Era.MODERN).tools(FakeUpstream.tool("find", "Finds."));
                Replica stopping = gatehouse.another(Map.of("GATEHOUSE_SHUTDOWN_DELAY", "10s"))) {
            upstream.raw("tools/call", (message, response) -> held.add(() -> response
                    .putHeader("Content-Type", "application/json").end(FOUND.formatted(message.get("id")))));
            upstream.raw("prompts/list", (message, response) -> response.setChunked(true)
                    .putHeader("Content-Type", "text/event-stream").write(": begun\n\n").onSuccess(sent -> response.reset()));
            Agent agent = agent(stopping, gatehouse.proxy(upstream.url()));
            assertThrows(CompletionException.class, () -> agent.send(agent.modern(1, "prompts/list", Map.of())).join());
            EventStream events = agent(stopping, composed.url()).listen();
            assertEquals("", events.next().data());
            CompletableFuture<HttpResponse<String>> call = agent.send(agent.modern(2, "tools/call",
                    Map.of("name", "find", "arguments", Map.of())));
            Runnable answer = held.poll(10, TimeUnit.SECONDS);

            stopping.signal("TERM");

            assertEquals(new EventStream.Event(null, null, false), events.next());
            Wire probes = new Wire(stopping.managementUrl());
            assertEquals(503, probes.send(Request.of("GET", "/q/health/ready")).status());
            assertEquals(200, probes.send(Request.of("GET", "/q/health/live")).status());
            HttpResponse<String> late = agent.send(agent.modern(3, "tools/list", Map.of())).join();
            assertEquals(200, late.statusCode());
            assertEquals("close", late.headers().firstValue("Connection").orElseThrow());
            assertFalse(call.isDone());
            answer.run();
            assertEquals("found", Agent.json(call.join().body()).at("/result/content/0/text").asText());
            assertFalse(stopping.process().onExit().get(60, TimeUnit.SECONDS).isAlive());
        }
    }
}
