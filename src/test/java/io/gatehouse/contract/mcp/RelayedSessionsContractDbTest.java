package io.gatehouse.contract.mcp;

import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.FakeUpstream.Request;
import io.gatehouse.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** Sessions of legacy clients with an upstream of their era: what goes on of them, and for how long. // G-16, P-19 */
@QuarkusTest
class RelayedSessionsContractDbTest {

    private static final Set<String> OF_HTTP = Set.of("accept", "host", "content-type", "content-length");

    @Inject
    Deployment deployment;
    @Inject
    MovableClock clock;

    private final FakeUpstream upstream = new FakeUpstream(Era.LEGACY);
    private Published server;
    private Agent agent;

    @BeforeEach
    void publish() {
        upstream.tools(tool("find", "Finds."));
        server = deployment.proxy(upstream.url(), Map.of());
        agent = server.agent();
        upstream.forget();
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private HttpResponse<String> initialize() {
        return agent.send(agent.legacy(1, "initialize", Map.of("protocolVersion", Agent.LEGACY, "capabilities", Map.of(),
                "clientInfo", Map.of("name", "x", "version", "1")))).join();
    }

    private static String session(HttpResponse<String> answer) {
        return answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    private static BiConsumer<JsonNode, HttpServerResponse> answer(String text) {
        return (message, response) -> response.putHeader("Content-Type", "application/json")
                .putHeader("Mcp-Session-Id", "theirs").putHeader("Set-Cookie", "node=7; Path=/; HttpOnly")
                .putHeader("Server", "theirs").end(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET", "DELETE", "POST" })
    void keepsWhatIsTheClientsOwnFromTheUpstream(String method) {
        upstream.raw("initialize", answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));
        upstream.raw("GET", answer("")).raw("DELETE", answer("")).raw("ping", answer(""));
        HttpResponse<String> begun = initialize();
        HttpRequest message = agent.post(Agent.message(1, "ping", Map.of()), "Mcp-Session-Id", session(begun), "Cookie",
                "mine=1",
                "Forwarded", "for=10.1.2.3", "X-Forwarded-For", "10.1.2.3", "Origin", "http://gatehouse.test", "X-Own", "1",
                "MCP-Protocol-Version", Agent.LEGACY, "Last-Event-ID", "5");
        HttpRequest.Builder request = HttpRequest.newBuilder(message, (name, value) -> true)
                .uri(URI.create(message.uri() + "?token=" + server.token()));

        HttpResponse<String> answer = agent
                .send((method.equals("POST") ? request : request.method(method, HttpRequest.BodyPublishers.noBody())).build())
                .join();

        assertEquals(200, answer.statusCode(), answer.body());
        Request asked = upstream.await(method.equals("POST") ? "ping" : method);
        assertEquals("/mcp", asked.uri());
        assertEquals("node=7", asked.headers().get("Cookie"));
        assertEquals("theirs", asked.headers().get("Mcp-Session-Id"));
        assertEquals(Set.of("x-request-id", "cookie", "mcp-session-id", "mcp-protocol-version", "last-event-id"),
                asked.headers().names().stream()
                        .map(String::toLowerCase).filter(name -> !OF_HTTP.contains(name)).collect(Collectors.toSet()));
        assertFalse(asked.headers().toString().contains(server.token()));
        for (HttpResponse<String> seen : List.of(begun, answer)) {
            assertFalse(seen.headers().map().containsKey("set-cookie") || seen.headers().map().containsKey("server"));
            assertFalse(seen.headers().map().toString().contains("theirs"), seen.headers().toString());
        }
    }

    @Test
    void endsASessionAfterAMonth() {
        String session = session(initialize());
        HttpRequest ping = agent.post(Agent.message("p", "ping", Map.of()), "Mcp-Session-Id", session);

        clock.ahead(Duration.ofDays(29), () -> assertEquals(200, agent.send(ping).join().statusCode()));
        upstream.forget();
        clock.ahead(Duration.ofDays(30).plusSeconds(1), () -> {
            HttpResponse<String> late = agent.send(ping).join();
            assertEquals(404, late.statusCode());
            assertEquals("p", Agent.json(late.body()).path("id").asText());
        });

        assertTrue(upstream.asked("ping").isEmpty());
    }
}
