package io.gatehouse.contract.mcp;

import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.plan.Upstream;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/**
 * Upstreams that leave the era that their server's plan says: somebody looks again as soon as an agent runs into it. // G-16
 */
@QuarkusTest
class ChangedEraContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    Changes changes;
    @Inject
    Ledger ledger;
    @Inject
    MovableClock clock;

    private final FakeUpstream upstream = new FakeUpstream(Era.DUAL);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private Agent agent;
    private long id;

    @BeforeEach
    void listen() {
        changes.listen(heard::add);
        upstream.tools(tool("find", "Finds."));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private void publish() {
        agent = deployment.proxy(upstream.url(), Map.of()).agent();
        id = ledger.count("select max(id) from upstream");
        upstream.forget();
    }

    private HttpResponse<String> call(boolean isModern) {
        return ask(isModern, "tools/call");
    }

    private HttpResponse<String> ask(boolean isModern, String method) {
        Map<String, ?> find = Map.of("name", "find", "protocolVersion", Agent.LEGACY);
        HttpRequest request = isModern ? agent.modern(1, method, find) : agent.legacy(1, method, find);
        return agent.send(request).join();
    }

    private void await(String topic) {
        try {
            for (String heardOf = heard.poll(30, TimeUnit.SECONDS); !topic.equals(heardOf);) {
                assertNotNull(heardOf, topic);
                heardOf = heard.poll(30, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({ "DUAL, LEGACY, true", "MODERN, LEGACY, true", "DUAL, MODERN, false", "LEGACY, MODERN, false" })
    void servesItByABridgeAsSoonAsAnAgentRunsIntoIt(Era before, Era after, boolean isModern) {
        upstream.speaks(before);
        publish();
        upstream.speaks(after);
        heard.clear();

        clock.ahead(Duration.ofMinutes(1), () -> {
            assertEquals(400, call(isModern).statusCode());
            await(Upstream.topic(id));
        });

        HttpResponse<String> bridged = call(isModern);
        assertEquals(200, bridged.statusCode(), bridged.body());
        assertTrue(bridged.body().contains("called find"), bridged.body());
    }

    /** Whether anybody is to look at the upstream: what is said on several connections may come in any order. */
    private boolean isDoubted() throws InterruptedException {
        String mark = "mark:" + System.nanoTime();
        changes.say(mark);
        boolean doubted = false;
        for (String topic; !mark.equals(topic = heard.poll(30, TimeUnit.SECONDS));) {
            assertNotNull(topic);
            doubted |= topic.equals(Upstream.doubt(id));
        }
        return doubted;
    }

    @ParameterizedTest
    @CsvSource({ "true, tools/call, 400, -32000, true", "true, tools/call, 404, -32001, true",
            "true, tools/call, 400, -32600, true", "true, tools/call, 400, -32602, true", "true, tools/call, 400, -32022, true",
            "true, tools/list, 404, -32601, true", "true, server/discover, 200, -32601, true", "true, tools/call, 404, , true",
            "true, tools/call, 405, , true", "false, initialize, 404, , true", "false, initialize, 200, -32601, true",
            "false, tools/call, 400, -32022, true",
            // What such answers mean has nothing to do with an era
            "true, tools/call, 400, -32020, false", "true, tools/call, 400, -32021, false",
            "true, tools/call, 200, -32602, false", "true, prompts/list, 404, -32601, false", "true, tools/call, 429, , false",
            "false, tools/call, 404, -32001, false", "false, tools/call, 400, -32000, false",
            "false, tools/call, 404, , false" })
    void looksWhereAnAnswerSoundsOfAnotherEra(boolean isModern, String method, int status, Integer code, boolean doubted)
            throws InterruptedException {
        publish();
        upstream.raw(method, (message, response) -> {
            response.setStatusCode(status).putHeader("Content-Type", code == null ? "text/html" : "application/json");
            response.setChunked(true).end(code == null ? "<p>"
                    : "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + code + ",\"message\":\"m\"}}");
        });

        heard.clear();
        ask(isModern, method);

        if (doubted) {
            await(Upstream.doubt(id));
        } else {
            assertFalse(isDoubted());
        }
    }
}
