package io.gatehouse.contract.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.contract.mcp.BothDialects.Target;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.EventStream;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** {@code subscriptions/listen} (MCP 2026-07-28, Subscriptions). */
@QuarkusTest
class SubscriptionsContractDbTest {

    private static final String LISTEN = "subscriptions/listen";
    private static final String ID = "/params/_meta/io.modelcontextprotocol~1subscriptionId";
    private static final Map<String, ?> BOTH = Map.of("toolsListChanged", true, "promptsListChanged", true);

    @Inject
    Deployment deployment;
    @Inject
    BothDialects dialects;

    private static EventStream listen(Target target, Object id, Map<String, ?> wishes) {
        EventStream stream = target.agent().open(target.agent().modern(id, LISTEN, Map.of("notifications", wishes)));
        assertEquals(200, stream.status());
        assertEquals("text/event-stream", stream.header("Content-Type"));
        return stream;
    }

    /** The wishes that are honoured. */
    private static JsonNode acknowledged(EventStream stream, Object id) {
        JsonNode message = stream.next().json();
        assertEquals("notifications/subscriptions/acknowledged", message.path("method").asText());
        assertEquals(id.toString(), message.at(ID).toString());
        return message.at("/params/notifications");
    }

    private static void assertChanged(String what, Object id, JsonNode message) {
        assertEquals(Agent.json("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + what
                + "/list_changed\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + id + "}}}"),
                message);
    }

    static Stream<Object> ids() {
        return Stream.of(0, "text", "", new BigInteger("123456789012345678901234567890"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void tellsOfChangesThroughEitherDialectUnderTheIdOfTheRequest(Object id) {
        Target target = dialects.target("http://localhost");
        String written = id instanceof String ? "\"" + id + "\"" : id.toString();
        try (EventStream stream = listen(target, id, BOTH)) {
            assertEquals(Agent.json("{\"toolsListChanged\":true,\"promptsListChanged\":true}"),
                    acknowledged(stream, written));

            dialects.describe(target, "Other words");
            assertChanged("tools", written, stream.next().json());

            dialects.prompts(target, "[{'name':'p','messagesTemplate':[{'role':'user','template':'x'}]}]");
            assertChanged("prompts", written, stream.next().json());
        }
    }

    @Test
    void sendsNothingThatWasNotAskedFor() {
        Target target = dialects.target("http://localhost");
        try (EventStream stream = listen(target, 1, Map.of("promptsListChanged", true, "toolsListChanged", false))) {
            assertEquals(Agent.json("{\"promptsListChanged\":true}"), acknowledged(stream, 1));

            dialects.describe(target, "Other words");
            dialects.prompts(target, "[{'name':'p','messagesTemplate':[{'role':'user','template':'x'}]}]");

            assertChanged("prompts", 1, stream.next().json());
        }
    }

    @Test
    void doesNotHonourWishesForResources() {
        Target target = dialects.target("http://localhost");
        try (EventStream stream = listen(target, 1, Map.of("toolsListChanged", true, "resourcesListChanged", true,
                "resourceSubscriptions", List.of("a:b"), "extension", Map.of()))) {
            assertEquals(Agent.json("{\"toolsListChanged\":true}"), acknowledged(stream, 1));
        }
    }

    @Test
    void saysAtOnceThatNothingWillComeWhereNothingIsHonoured() {
        Target target = dialects.target("http://localhost");
        try (EventStream stream = listen(target, "e", Map.of("resourcesListChanged", true))) {
            assertEquals(Agent.json("{}"), acknowledged(stream, "\"e\""));
            assertFarewell(target, "e", stream);
        }
    }

    private static void assertFarewell(Target target, String id, EventStream stream) {
        JsonNode farewell = stream.next().json();
        assertEquals(id, farewell.path("id").asText());
        assertEquals("complete", farewell.at("/result/resultType").asText());
        assertEquals(id, farewell.at("/result/_meta/io.modelcontextprotocol~1subscriptionId").asText());
        assertEquals(target.server().handle(),
                farewell.at("/result/_meta/io.modelcontextprotocol~1serverInfo/name").asText());
        assertTrue(stream.next().isEnd());
    }

    @Test
    void saysFarewellWhenTheServerGoesOrTheTokenIsTaken() {
        Target gone = dialects.target("http://localhost");
        Target renewed = dialects.target("http://localhost");
        try (EventStream one = listen(gone, "a", BOTH); EventStream other = listen(renewed, "b", BOTH)) {
            acknowledged(one, "\"a\"");
            acknowledged(other, "\"b\"");

            deployment.api().delete(gone.management()).then().statusCode(200);
            deployment.api().post(renewed.management() + "/token_renew").then().statusCode(200);

            assertFarewell(gone, "a", one);
            assertFarewell(renewed, "b", other);
        }
    }

    static Stream<Map<String, ?>> malformed() {
        return Stream.of(Map.of(), Map.of("notifications", List.of()), Map.of("notifications", "x"),
                Map.of("notifications", Map.of("toolsListChanged", 1)),
                Map.of("notifications", Map.of("promptsListChanged", "true")),
                Map.of("notifications", Map.of("resourcesListChanged", List.of())),
                Map.of("notifications", Map.of("resourceSubscriptions", "a:b")),
                Map.of("notifications", Map.of("resourceSubscriptions", List.of(1))));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatIsNoSubscription(Map<String, ?> params) throws Exception {
        Agent agent = dialects.target("http://localhost").agent();

        HttpResponse<String> answer = agent.send(agent.modern("m", LISTEN, params)).get();

        assertEquals(200, answer.statusCode());
        assertEquals(-32602, Agent.json(answer.body()).at("/error/code").asInt());
        assertEquals("m", Agent.json(answer.body()).path("id").asText());
    }

    @Test
    void refusesAnIdThatIsTooLongToBeRepeated() throws Exception {
        Agent agent = dialects.target("http://localhost").agent();

        HttpResponse<String> answer = agent
                .send(agent.modern("i".repeat(1_001), LISTEN, Map.of("notifications", BOTH))).get();

        assertEquals(-32602, Agent.json(answer.body()).at("/error/code").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/json", "*/*" })
    void wantsTheClientToTakeAStream(String accept) throws Exception {
        Agent agent = dialects.target("http://localhost").agent();
        Map<String, ?> params = Map.of("notifications", BOTH, "_meta",
                Map.of("io.modelcontextprotocol/protocolVersion", Agent.MODERN,
                        "io.modelcontextprotocol/clientCapabilities", Map.of()));

        HttpResponse<String> answer = agent.send(agent.post(Agent.message(1, LISTEN, params), "Accept", accept,
                "MCP-Protocol-Version", Agent.MODERN, "Mcp-Method", LISTEN)).get();

        assertEquals(406, answer.statusCode());
    }

    @Test
    void isUnknownInTheLegacyEra() throws Exception {
        Agent agent = dialects.target("http://localhost").agent();

        HttpResponse<String> answer = agent.send(agent.legacy(1, LISTEN, Map.of("notifications", BOTH))).get();

        assertEquals(-32601, Agent.json(answer.body()).at("/error/code").asInt());
    }
}
