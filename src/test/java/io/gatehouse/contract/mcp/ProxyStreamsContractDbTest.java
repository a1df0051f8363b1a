package io.gatehouse.contract.mcp;

import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.engine.proxied.MovablePatience;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.EventStream.Event;
import io.gatehouse.testing.FakeUpstream;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** The streams on which clients of a proxy server listen, relayed and bridged. // G-16, P-19 */
@QuarkusTest
class ProxyStreamsContractDbTest {

    private static final String SERVERS = "/api/mcp/mcp_servers/";
    private static final String TOOLS = "notifications/tools/list_changed";
    private static final String PROMPTS = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/prompts/list_changed\"}";
    private static final String ACKNOWLEDGED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
            + "\"params\":{\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":true}}}";
    private static final Map<String, ?> BOTH = Map.of("toolsListChanged", true, "promptsListChanged", true);

    /** A client's era and its upstream's. */
    enum Way {
        LEGACY_RELAY(false, Era.DUAL),
        MODERN_RELAY(true, Era.DUAL),
        LEGACY_BRIDGE(false, Era.MODERN),
        MODERN_BRIDGE(true, Era.LEGACY);

        private final boolean isModern;
        private final Era upstream;

        Way(boolean isModern, Era upstream) {
            this.isModern = isModern;
            this.upstream = upstream;
        }
    }

    @Inject
    Deployment deployment;
    @Inject
    MeterRegistry metrics;
    @Inject
    MovablePatience patience;

    private final BlockingQueue<HttpServerResponse> listening = new LinkedBlockingQueue<>();
    private FakeUpstream upstream;
    private Published server;

    @AfterEach
    void stop() {
        upstream.close();
    }

    private void publish(Way way, Map<String, ?> remote) {
        upstream = new FakeUpstream(way.upstream).tools(tool("find", "Finds."), tool("pay", "Pays."))
                .offers("tools", "{'listChanged':true}").offers("prompts", "{'listChanged':true}");
        upstream.raw("GET", (message, response) -> {
            begin(response);
            event(response, PROMPTS);
            listening.add(response);
        });
        upstream.raw("subscriptions/listen", (message, response) -> {
            begin(response);
            event(response, ACKNOWLEDGED);
            event(response, PROMPTS);
            listening.add(response);
        });
        server = deployment.proxy(upstream.url(), remote);
    }

    private static void begin(HttpServerResponse response) {
        response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    }

    private static void event(HttpServerResponse response, String json) {
        response.write("event: message\ndata: " + json + "\n\n");
    }

    private HttpServerResponse upstreamsStream() throws InterruptedException {
        HttpServerResponse response = listening.poll(30, TimeUnit.SECONDS);
        assertTrue(response != null, "Nobody listens");
        return response;
    }

    private EventStream listen(Way way, Map<String, ?> notifications) {
        Agent agent = server.agent();
        return way.isModern
                ? agent.open(agent.modern(7, "subscriptions/listen", Map.of("notifications", notifications)))
                : agent.listen();
    }

    /** A stream that is known to be open, for what the upstream said first has come. */
    private EventStream listening(Way way, Map<String, ?> notifications) {
        EventStream stream = listen(way, notifications);
        assertEquals(200, stream.status());
        if (way.isModern) {
            assertEquals("notifications/subscriptions/acknowledged", stream.nextMethod());
        }
        assertEquals("notifications/prompts/list_changed", stream.nextMethod());
        return stream;
    }

    private String tools() {
        return SERVERS + server.handle() + "/tools";
    }

    private String id(String name) {
        return deployment.api().get(tools()).then().statusCode(200).extract().jsonPath()
                .getString("items.find { it.name == '" + name + "' }.id");
    }

    private void change(String name, Map<String, ?> to) {
        deployment.api().body(to).put(tools() + "/" + id(name)).then().statusCode(200);
    }

    private static void assertTold(Way way, Event event) {
        String meta = way.isModern ? ",\"params\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":7}}" : "";
        assertEquals(Agent.json("{\"jsonrpc\":\"2.0\",\"method\":\"" + TOOLS + "\"" + meta + "}"), event.json());
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfWhatIsChangedByTheManagementOnce(Way way) throws InterruptedException {
        publish(way, Map.of("change_policy", "withhold"));
        try (EventStream stream = listening(way, BOTH)) {
            change("find", Map.of("name", "search"));
            assertTold(way, stream.next());
            change("search", Map.of("description", "Searches."));
            assertTold(way, stream.next());
            deployment.api().body(Map.of("name", "Proxy", "folder_id", deployment.folder(), "remote",
                    Map.of("allowed_tools", List.of("find")))).put(SERVERS + server.handle()).then().statusCode(200);
            assertTold(way, stream.next());

            change("pay", Map.of("description", "Is not served."));
            deployment.api().body(Map.of("name", "Further")).post(SERVERS + server.handle() + "/tokens").then()
                    .statusCode(200);
            change("search", Map.of("name", "find"));
            assertTold(way, stream.next());
            event(upstreamsStream(), PROMPTS);
            assertEquals("notifications/prompts/list_changed", stream.nextMethod());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfWhatIsApproved(Way way) {
        publish(way, Map.of("change_policy", "withhold"));
        upstream.tools(tool("find", "Finds otherwise."), tool("pay", "Pays."));
        deployment.api().post(SERVERS + server.handle() + "/refresh_tools").then().statusCode(200);
        try (EventStream stream = listening(way, BOTH)) {
            String changes = SERVERS + server.handle() + "/tool_changes";
            String digest = deployment.api().get(changes).then().statusCode(200).extract().path("items[0].digest");
            deployment.api().body(Map.of("digest", digest)).post(changes + "/" + id("find") + "/approve").then()
                    .statusCode(200);

            assertTold(way, stream.next());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "MODERN.*", mode = EnumSource.Mode.MATCH_ALL)
    void tellsNobodyWhoDidNotAsk(Way way) throws InterruptedException {
        publish(way, Map.of());
        try (EventStream stream = listening(way, Map.of("promptsListChanged", true));
                EventStream other = listening(way, BOTH)) {
            change("find", Map.of("name", "search"));
            assertTold(way, other.next());

            for (HttpServerResponse each : List.of(upstreamsStream(), upstreamsStream())) {
                event(each, PROMPTS);
            }
            assertEquals("notifications/prompts/list_changed", stream.nextMethod());
        }
    }

    @ParameterizedTest
    @EnumSource(names = ".*RELAY", mode = EnumSource.Mode.MATCH_ALL)
    void saysNothingInTheMiddleOfAnEvent(Way way) throws InterruptedException {
        publish(way, Map.of());
        try (EventStream stream = listening(way, BOTH); EventStream other = listening(way, BOTH)) {
            HttpServerResponse first = upstreamsStream();
            // In one piece: where the event is, there is the beginning of the next one
            first.write("event: message\ndata: " + PROMPTS + "\n\nevent: message\ndata: " + PROMPTS.substring(0, 20));
            assertEquals("notifications/prompts/list_changed", stream.nextMethod());
            change("find", Map.of("name", "search"));
            assertTold(way, other.next());

            first.write(PROMPTS.substring(20) + "\n\n");
            assertEquals("notifications/prompts/list_changed", stream.nextMethod());
            assertTold(way, stream.next());
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWithTheTokenAndWithTheServer(Way way) {
        publish(way, Map.of());
        String token = deployment.api().body(Map.of("name", "Second")).post(SERVERS + server.handle() + "/tokens").then()
                .statusCode(200).extract().path("token");
        Published second = new Published(server.handle(), token);
        try (EventStream renewed = listening(way, BOTH)) {
            deployment.api().post(SERVERS + server.handle() + "/token_renew").then().statusCode(200);
            assertEnd(way, renewed);
            upstream.awaitGivenUp(way.isModern == (way.upstream == Era.DUAL) ? "subscriptions/listen" : "GET");
        }
        server = second;
        try (EventStream deleted = listening(way, BOTH)) {
            deployment.api().delete(SERVERS + server.handle()).then().statusCode(200);

            assertEnd(way, deleted);
        }
    }

    private static void assertEnd(Way way, EventStream stream) {
        Event end = stream.next();
        if (way.isModern) {
            JsonNode last = end.json();
            assertEquals(7, last.path("id").asInt());
            assertEquals("complete", last.at("/result/resultType").asText());
            end = stream.next();
        }
        assertTrue(end.isEnd());
        assertFalse(end.isBroken());
    }

    private double calls() {
        return metrics.get("gatehouse.upstream.calls").gauge().value();
    }

    @ParameterizedTest
    @EnumSource
    void beginsThoughTheUpstreamLetsItsHeadWait(Way way) throws InterruptedException {
        publish(way, Map.of());
        hold();
        Await.until(() -> calls() == 0, () -> "Calls of other tests are under way: " + calls());
        try (EventStream stream = listen(way, BOTH)) {
            assertEquals(200, stream.status());
            assertEquals("text/event-stream", stream.header("Content-Type"));
            assertEquals(0, calls(), "it takes no place among the calls");
            if (way == Way.MODERN_BRIDGE) {
                assertEquals(BOTH, acknowledged(stream));
            }

            HttpServerResponse response = upstreamsStream();
            begin(response);
            event(response, PROMPTS);
            assertEquals("notifications/prompts/list_changed", stream.nextMethod());
            change("find", Map.of("name", "search"));
            assertTold(way, stream.next());
        }
        upstream.awaitGivenUp(way.isModern == (way.upstream == Era.DUAL) ? "subscriptions/listen" : "GET");
    }

    private void hold() {
        upstream.raw("GET", (message, response) -> listening.add(response));
        upstream.raw("subscriptions/listen", (message, response) -> listening.add(response));
    }

    @ParameterizedTest
    @EnumSource(names = ".*RELAY", mode = EnumSource.Mode.MATCH_ALL)
    void endsWhereTheUpstreamRefusesLate(Way way) throws InterruptedException {
        publish(way, Map.of());
        hold();
        try (EventStream stream = listen(way, BOTH)) {
            upstreamsStream().setStatusCode(500).end();

            if (way.isModern) {
                JsonNode last = stream.next().json();
                assertEquals(7, last.path("id").asInt());
                assertEquals(1502, last.at("/error/code").asInt());
            }
            Event end = stream.next();
            assertTrue(end.isEnd());
            assertFalse(end.isBroken());
        }
    }

    @ParameterizedTest
    @EnumSource(names = ".*RELAY", mode = EnumSource.Mode.MATCH_ALL)
    void stopsTheUpstreamThatHasNotBegun(Way way) {
        publish(way, Map.of());
        hold();
        try (EventStream stream = listen(way, BOTH)) {
            assertEquals(200, stream.status());
        }

        upstream.awaitGivenUp(way.isModern ? "subscriptions/listen" : "GET");
    }

    @Test
    void passesARefusalThatComesAtOnce() {
        publish(Way.LEGACY_RELAY, Map.of());
        upstream.raw("GET", (message, response) -> response.setStatusCode(405).putHeader("Allow", "POST").end());

        patience.during(() -> {
            try (EventStream stream = listen(Way.LEGACY_RELAY, Map.of())) {
                assertEquals(405, stream.status());
                assertEquals("POST", stream.header("Allow"));
            }
        });
    }

    private static Object acknowledged(EventStream stream) {
        JsonNode message = stream.next().json();
        assertEquals("notifications/subscriptions/acknowledged", message.path("method").asText());
        return new ObjectMapper().convertValue(message.at("/params/notifications"), Map.class);
    }

    @Test
    void endsWithAResultWhereALegacyUpstreamEndsItsStream() throws InterruptedException {
        publish(Way.MODERN_BRIDGE, Map.of());
        try (EventStream stream = listening(Way.MODERN_BRIDGE, BOTH)) {
            upstreamsStream().end();

            assertEnd(Way.MODERN_BRIDGE, stream);
        }
        upstream.await("DELETE");
    }

    @Test
    void acknowledgesNothingWhereALegacyUpstreamAnnouncesNothing() {
        publish(Way.MODERN_BRIDGE, Map.of());
        upstream.raw("GET", (message, response) -> response.setStatusCode(405).end());
        patience.during(() -> {
            try (EventStream stream = listen(Way.MODERN_BRIDGE, BOTH)) {
                assertEquals(Map.of(), acknowledged(stream));
                assertEnd(Way.MODERN_BRIDGE, stream);
            }
        });
        upstream.await("DELETE");
    }

    @Test
    void acknowledgesTheToolsOfAnUpstreamThatAnnouncesNothingWhereTheyArePinned() {
        publish(Way.MODERN_BRIDGE, Map.of("change_policy", "withhold"));
        upstream.raw("GET", (message, response) -> response.setStatusCode(405).end());
        patience.during(() -> {
            try (EventStream stream = listen(Way.MODERN_BRIDGE, BOTH)) {
                assertEquals(Map.of("toolsListChanged", true), acknowledged(stream));
                change("find", Map.of("name", "search"));
                assertTold(Way.MODERN_BRIDGE, stream.next());

                upstream.tools(tool("find", "Finds."), tool("pay", "Pays otherwise."));
                deployment.api().post(SERVERS + server.handle() + "/refresh_tools").then().statusCode(200);
                assertTold(Way.MODERN_BRIDGE, stream.next());
            }
        });
    }

    @Test
    void acknowledgesOnlyTheResourcesThatTheUpstreamTakesASubscriptionTo() {
        publish(Way.MODERN_BRIDGE, Map.of());
        upstream.offers("resources", "{'subscribe':true}");
        upstream.raw("resources/subscribe", (message, response) -> response.putHeader("Content-Type", "application/json")
                .end("{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + (message.at("/params/uri").asText().equals("a:b")
                        ? ",\"result\":{}}"
                        : ",\"error\":{\"code\":-32002,\"message\":\"Resource not found\"}}")));
        deployment.api().post(SERVERS + server.handle() + "/refresh_tools").then().statusCode(200);
        try (EventStream stream = listen(Way.MODERN_BRIDGE,
                Map.of("toolsListChanged", true, "resourceSubscriptions", List.of("x:y", "a:b")))) {
            assertEquals(Map.of("toolsListChanged", true, "resourceSubscriptions", List.of("a:b")), acknowledged(stream));
        }
    }
}
