package io.gatehouse.contract.mcp;

import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.FakeUpstream;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** Upstreams that do what no server should: their agents get a clear error, and other servers notice nothing. */
@QuarkusTest
class MisbehavingUpstreamDbTest {

    private static final Map<String, ?> FIND = Map.of("name", "find");

    @Inject
    Deployment deployment;
    @Inject
    BothDialects dialects;

    private FakeUpstream upstream;

    @BeforeEach
    void start() {
        upstream = new FakeUpstream(Era.DUAL).tools(tool("find", "Finds."));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private Agent agent(Map<String, ?> remote) {
        return deployment.proxy(upstream.url(), remote).agent();
    }

    private Agent agent() {
        return agent(Map.of());
    }

    /** Of one that is not waited for long, though long enough to be found there. */
    private Agent impatient() {
        return agent(Map.of("timeout_seconds", 4));
    }

    private static JsonNode error(Agent agent) {
        HttpResponse<String> answer = agent.send(agent.legacy("a", "tools/call", FIND)).join();
        assertEquals(200, answer.statusCode());
        JsonNode body = Agent.json(answer.body());
        assertEquals("a", body.path("id").asText());
        assertFalse(body.toString().contains("127.0.0.1"), body.toString());
        return body.path("error");
    }

    /** Ways to answer with something that is no answer. */
    enum Nonsense implements BiConsumer<JsonNode, HttpServerResponse> {
        HALF_CLOSED {
            @Override
            public void accept(JsonNode message, HttpServerResponse response) {
                response.putHeader("Content-Type", "application/json").putHeader("Content-Length", "100").write("{");
                response.reset();
            }
        },
        CLOSED {
            @Override
            public void accept(JsonNode message, HttpServerResponse response) {
                response.reset();
            }
        },
        PAGE {
            @Override
            public void accept(JsonNode message, HttpServerResponse response) {
                response.setStatusCode(502).putHeader("Content-Type", "text/html").end("<h1>nginx</h1>");
            }
        },
        SILENT {
            @Override
            public void accept(JsonNode message, HttpServerResponse response) {
                // It never answers.
            }
        },
        STOPPING {
            @Override
            public void accept(JsonNode message, HttpServerResponse response) {
                response.putHeader("Content-Type", "application/json").putHeader("Content-Length", "100").write("{");
            }
        },
        LYING {
            @Override
            public void accept(JsonNode message, HttpServerResponse response) {
                response.putHeader("Content-Type", "application/json").putHeader("Content-Length", "99999999999").write("{");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ "CLOSED,1502", "HALF_CLOSED,1502", "PAGE,1502", "SILENT,1504", "STOPPING,1504", "LYING,1502" })
    void tellsTheAgentWhatIsWrong(Nonsense nonsense, int code) {
        Agent agent = code == 1504 ? impatient() : agent();
        upstream.raw("tools/call", nonsense);

        JsonNode error = error(agent);

        assertEquals(code, error.path("code").asInt(), error.toString());
        assertTrue(error.path("message").asText().contains("MCP server behind this one"), error.toString());
    }

    @Test
    void tellsTheAgentThatNobodyIsThere() {
        Agent agent = agent();
        upstream.close();

        assertEquals("The MCP server behind this one can't be reached", error(agent).path("message").asText());
    }

    static List<BiConsumer<JsonNode, HttpServerResponse>> garbage() {
        return List.of((message, response) -> response.putHeader("Content-Type", "application/json").end("{\"jsonrpc\":"),
                (message, response) -> response.putHeader("Content-Type", "application/json").end("[1]"),
                (message, response) -> response.putHeader("Content-Type", "application/json").end("{\"n\":1e999999999}"),
                (message, response) -> response.putHeader("Content-Type", "text/plain").end("hello"),
                (message, response) -> response.putHeader("Content-Type", "text/event-stream").end("data: nothing\n\n"),
                (message, response) -> response.putHeader("Content-Type", "text/event-stream").end("data: {}\n\n"));
    }

    /** Where the answer must be read, for some tools are not served. */
    @ParameterizedTest
    @MethodSource("garbage")
    void passesNoGarbageAsAList(BiConsumer<JsonNode, HttpServerResponse> garbage) {
        Agent agent = agent(Map.of("allowed_tools", List.of("find")));
        upstream.raw("tools/list", garbage);

        String body;
        try {
            body = agent.send(agent.legacy(1, "tools/list", Map.of())).join().body();
        } catch (CompletionException e) {
            return;
        }

        assertFalse(body.contains("\"tools\""), body);
        assertTrue(body.isEmpty() || Agent.json(body).at("/error/code").asInt() == 1502, body);
    }

    @Test
    void breaksOffAnAnswerWithoutAnEnd() {
        Agent agent = agent();
        upstream.raw("tools/call", (message, response) -> {
            response.setChunked(true).putHeader("Content-Type", "application/json");
            pour(response, Buffer.buffer("x".repeat(1 << 20)));
        });

        CompletableFuture<?> call = agent.send(agent.legacy(1, "tools/call", FIND));

        assertThrows(CompletionException.class, call::join);
        upstream.awaitGivenUp("tools/call");
    }

    private static void pour(HttpServerResponse response, Buffer part) {
        if (!response.closed()) {
            response.write(part).onSuccess(written -> pour(response, part));
        }
    }

    /** Long before the time-out of a minute. */
    @Test
    void breaksOffWhatBreaksOffBeforeItIsRead() {
        Agent agent = agent();
        upstream.raw("tools/call", (message, response) -> response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream").write(": begun\n\n").onSuccess(sent -> response.reset()));

        CompletableFuture<?> call = agent.send(agent.legacy(1, "tools/call", FIND)).orTimeout(40, TimeUnit.SECONDS);

        assertInstanceOf(IOException.class, assertThrows(CompletionException.class, call::join).getCause());
    }

    @Test
    void passesWhatCameBeforeTheEndThatCameTooSoon() {
        Agent agent = agent();
        upstream.raw("tools/call", (message, response) -> response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream").write("data: {\"jsonrpc\":\"2.0\",\"id\":" + message.path("id")
                        + ",\"result\":{\"content\":[]}}\n\n")
                .onSuccess(sent -> response.reset()));

        try (EventStream stream = agent.open(agent.legacy(1, "tools/call", FIND))) {
            assertTrue(stream.next().json().has("result"));
        }
    }

    @Test
    void followsNoRedirect() {
        Agent agent = agent();
        BackEnd elsewhere = new BackEnd();
        try (elsewhere) {
            upstream.raw("tools/call", (message, response) -> response.setStatusCode(307)
                    .putHeader("Location", elsewhere.url() + "/mcp").end());

            assertTrue(error(agent).path("message").asText().contains("redirect"));
            assertEquals(null, elsewhere.take());
        }
    }

    @Test
    void restsAfterFailuresInARowAndHarmsNoOther() throws Exception {
        Agent agent = impatient();
        upstream.raw("tools/call", Nonsense.SILENT);
        List<CompletableFuture<HttpResponse<String>>> hanging = new ArrayList<>();
        try (BackEnd backEnd = new BackEnd(); FakeUpstream sound = new FakeUpstream(Era.DUAL).tools(tool("find", "Finds."))) {
            Agent composed = dialects.target(backEnd.url()).agent();
            Agent proxied = deployment.proxy(sound.url(), Map.of()).agent();
            for (int i = 0; i < 40; i++) {
                hanging.add(agent.send(agent.legacy(i, "tools/call", FIND)));
            }
            Await.until(() -> upstream.asked("tools/call").size() == 40, () -> "Some calls did not come in time");
            for (int i = 0; i < 10; i++) {
                assertTrue(composed.send(composed.legacy(1, "tools/call", Map.of("name", "first"))).join().body()
                        .contains("result"));
                assertTrue(proxied.send(proxied.modern(1, "tools/call", FIND)).join().body().contains("called find"));
            }
        }

        for (CompletableFuture<HttpResponse<String>> call : hanging) {
            assertEquals(1504, Agent.json(call.get().body()).at("/error/code").asInt());
        }
        upstream.forget();
        JsonNode error = error(agent);
        assertEquals(1503, error.path("code").asInt());
        assertTrue(error.path("message").asText().contains("failed several times in a row"));
        assertTrue(upstream.asked("tools/call").isEmpty(), "it is left in peace");
    }
}
