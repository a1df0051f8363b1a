package io.gatehouse.contract.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.contract.mcp.BothDialects.Target;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;

/** What is larger than it may be is refused, and the agent is told why. */
@QuarkusTest
class SizesContractDbTest {

    private static final Map<String, ?> FIRST = Map.of("name", "first");

    private final BackEnd backEnd = new BackEnd();

    @Inject
    BothDialects dialects;

    private Target target;
    private Agent agent;

    @BeforeEach
    void publish() {
        target = dialects.target(backEnd.url());
        agent = target.agent();
    }

    @AfterEach
    void stop() {
        backEnd.close();
    }

    private HttpResponse<String> post(String body) {
        return agent.send(agent.request("Content-Type", "application/json", "Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(body)).build()).join();
    }

    private static JsonNode error(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode());
        return Agent.json(answer.body()).path("error");
    }

    @Test
    void boundsMessages() {
        JsonNode error = error(413, agent.send(agent.legacy(1, "ping", Map.of("x", "x".repeat(4 << 20)))).join());

        assertEquals(1413, error.path("code").asInt());
        assertEquals("The request's body is larger than 4194304 bytes", error.path("message").asText());
    }

    /** The message, its parameters and the arguments are three levels. */
    private static String nested(int levels) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"deep\",\"method\":\"tools/call\",\"params\":{\"name\":\"first\",\"arguments\":"
                + "{\"x\":" + "[".repeat(levels - 3) + "]".repeat(levels - 3) + "}}}";
    }

    @Test
    void boundsTheDepthOfArguments() {
        assertEquals(200, post(nested(100)).statusCode());
        HttpResponse<String> answer = post(nested(101));

        JsonNode error = error(400, answer);
        assertEquals(-32600, error.path("code").asInt());
        assertEquals("The message is nested more than 100 levels deep", error.path("message").asText());
        assertEquals("deep", Agent.json(answer.body()).path("id").asText());
        assertEquals("The message is nested more than 100 levels deep",
                error(400, post(nested(1_000_000))).path("message").asText());
    }

    @ParameterizedTest
    @EnumSource
    void boundsHeaders(HttpClient.Version version) {
        Agent sender = new Agent(version, "http://localhost:" + RestAssured.port + target.server().path(),
                target.server().token());
        HttpResponse<String> greeting = sender.send(sender.legacy(1, "ping", Map.of())).join();
        assertEquals(version + " 200", greeting.version() + " " + greeting.statusCode());

        assertEquals(200, sender.send(with(sender, 18_000)).join().statusCode());
        // Without a body, which would be sent to where nobody reads any more
        assertEquals(431, sender.send(sender.request("X-Long", "x".repeat(21_000)).GET().build()).join().statusCode());
    }

    private static HttpRequest with(Agent sender, int length) {
        return sender.post(Agent.message(1, "ping", Map.of()), "X-Long", "x".repeat(length));
    }

    @Test
    void boundsWhatABackEndAnswers() {
        backEnd.answers(response -> response.putHeader("Content-Type", "text/plain")
                .end(Buffer.buffer("x".repeat(11 << 20))));

        assertFailed("The back end's answer is larger than 10485760 bytes");
    }

    /** Six characters in JSON stand for each of these. */
    @Test
    void boundsWhatBecomesOfIt() {
        backEnd.answers(response -> response.putHeader("Content-Type", "text/plain")
                .end(Buffer.buffer("\u0001".repeat(9 << 20))));

        assertFailed("The tool's result is larger than 33554432 bytes");
    }

    private void assertFailed(String why) {
        for (HttpRequest call : new HttpRequest[] { agent.legacy(1, "tools/call", FIRST),
                agent.modern(1, "tools/call", FIRST) }) {
            JsonNode result = Agent.json(agent.send(call).join().body()).path("result");
            assertEquals(true, result.path("isError").asBoolean());
            assertEquals(why, result.at("/content/0/text").asText());
        }
    }
}
