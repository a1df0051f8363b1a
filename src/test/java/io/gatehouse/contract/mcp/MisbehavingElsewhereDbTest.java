package io.gatehouse.contract.mcp;

import static io.gatehouse.contract.mcp.Composition.exact;
import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.FakeUpstream;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** Upstreams that do what no server should, behind a bridge and among the sources of a composed server. */
@QuarkusTest
class MisbehavingElsewhereDbTest {

    private static final Map<String, ?> FIND = Map.of("name", "find", "arguments", Map.of());
    private static final Buffer MUCH = Buffer.buffer("x".repeat(1 << 20));

    @Inject
    Deployment deployment;
    @Inject
    Composition composition;

    private FakeUpstream upstream;

    @AfterEach
    void stop() {
        upstream.close();
    }

    /** Ways to fail, some of them with a head that promises more. */
    enum Failing {
        SLOW("application/json", null),
        STOPPING("application/json", "{"),
        GARBAGE("application/json", "{\"jsonrpc\":"),
        NUMBER("application/json", "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"n\":1e999999999}}"),
        LIST("application/json", "[1]"),
        NO_EVENTS("text/event-stream", ": nothing\n\n"),
        BAD_EVENT("text/event-stream", "data: {\n\n"),
        OTHERS("text/event-stream", "data: {\"jsonrpc\":\"2.0\",\"id\":\"other\",\"result\":{}}\n\n"),
        PAGE("text/html", "<h1>nginx</h1>"),
        HUGE("application/json", ""),
        ENDLESS("text/event-stream", "data: "),
        DEAD(null, null);

        private final String type;
        private final String text;

        Failing(String type, String text) {
            this.type = type;
            this.text = text;
        }

        void answer(JsonNode message, HttpServerResponse response) {
            if (this == SLOW) {
                return;
            }
            response.setChunked(true).putHeader("Content-Type", type);
            if (this == STOPPING) {
                response.write(text);
            } else if (this == HUGE || this == ENDLESS) {
                response.write(text);
                pour(response);
            } else {
                response.end(text.formatted(message.path("id")));
            }
        }

        private static void pour(HttpServerResponse response) {
            if (!response.closed()) {
                response.write(MUCH).onSuccess(written -> pour(response));
            }
        }
    }

    /** Only where nothing comes, it is waited for no longer than what is sound may take. */
    private Published proxy(Era era, Failing failing) {
        upstream = new FakeUpstream(era).tools(tool("find", "Finds."));
        return deployment.proxy(upstream.url(), isLate(failing) ? Map.of("timeout_seconds", 4) : Map.of());
    }

    private void fail(Failing failing) {
        if (failing == Failing.DEAD) {
            upstream.close();
        } else {
            upstream.raw("tools/call", failing::answer);
        }
    }

    /** One that takes no stream is answered in one piece, however long that takes. */
    private static HttpResponse<String> find(Agent agent, boolean isModern) {
        HttpRequest call = isModern ? agent.modern("a", "tools/call", FIND) : agent.legacy("a", "tools/call", FIND);
        return agent.send(HttpRequest.newBuilder(call, (name, value) -> !name.equalsIgnoreCase("Accept"))
                .header("Accept", "application/json").build()).join();
    }

    private void assertGivenUp(Failing failing) {
        if (failing == Failing.HUGE || failing == Failing.ENDLESS || failing == Failing.SLOW || failing == Failing.STOPPING) {
            upstream.awaitGivenUp("tools/call");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsLegacyAgentsOfAModernUpstream(Failing failing) {
        bridged(Era.MODERN, failing);
    }

    @ParameterizedTest
    @EnumSource
    void tellsModernAgentsOfALegacyUpstream(Failing failing) {
        bridged(Era.LEGACY, failing);
    }

    private void bridged(Era era, Failing failing) {
        Agent agent = proxy(era, failing).agent();
        fail(failing);

        HttpResponse<String> answer = find(agent, era.isLegacy());

        assertEquals(200, answer.statusCode());
        JsonNode body = exact(answer.body());
        assertEquals("a", body.path("id").asText());
        assertTrue(body.at("/error/code").asInt() == (isLate(failing) ? 1504 : 1502), answer.body());
        assertFalse(answer.body().contains("127.0.0.1"), answer.body());
        assertGivenUp(failing);
        if (failing != Failing.DEAD) {
            upstream.raw("tools/call", null);
            assertTrue(exact(find(agent, era.isLegacy()).body()).has("result"));
        }
    }

    private static boolean isLate(Failing failing) {
        return failing == Failing.SLOW || failing == Failing.STOPPING;
    }

    @ParameterizedTest
    @EnumSource
    void tellsAgentsOfASource(Failing failing) {
        try (FakeUpstream sound = new FakeUpstream(Era.LEGACY).tools(tool("pay", "Pays."))) {
            Published server = deployment.createServer();
            composition.assignWhole(server, composition.whole(proxy(Era.LEGACY, failing), "")).statusCode(200);
            composition.assignWhole(server, composition.whole(deployment.proxy(sound.url(), Map.of()), "")).statusCode(200);
            fail(failing);

            JsonNode answer = exact(find(server.agent(), true).body());

            assertTrue(answer.at("/result/isError").asBoolean(), answer.toString());
            String text = Composition.text(answer);
            assertFalse(text.isBlank() || text.contains("127.0.0.1"), text);
            assertEquals("called pay with {}", Composition.text(Composition.call(server, Era.LEGACY, "pay", Map.of())));
            assertGivenUp(failing);
        }
    }
}
