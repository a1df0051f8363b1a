package io.gatehouse.contract.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.agroal.api.AgroalDataSource;
import io.gatehouse.contract.mcp.BothDialects.Target;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.EventStream.Event;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** Changes of lists on the stream that a legacy client opens by GET (MCP 2025-11-25, Transports). */
@QuarkusTest
class ListenContractDbTest {

    private static final String TOOLS = "notifications/tools/list_changed";
    private static final String PROMPTS = "notifications/prompts/list_changed";
    private static final String PROMPT = "[{'name':'p','messagesTemplate':[{'role':'user','template':'%s'}]}]";

    /** Time enough to begin to listen, and less than a stream is waited for. */
    private static final Duration BEFORE_IT_EXPIRES = Duration.ofSeconds(10);

    @Inject
    Deployment deployment;
    @Inject
    BothDialects dialects;
    @Inject
    AgroalDataSource database;

    private static EventStream listen(Target target, String... headers) {
        EventStream stream = target.agent().listen(headers);
        assertEquals(200, stream.status());
        return stream;
    }

    /** A stream whose first event, the bookmark, is read. */
    private static EventStream listening(Target target) {
        EventStream stream = listen(target);
        assertEquals("", stream.next().data());
        return stream;
    }

    @Test
    void advertisesWhatItDelivers() throws Exception {
        Target target = dialects.target("http://localhost");
        Agent agent = target.agent();

        for (HttpRequest request : List.of(
                agent.legacy(1, "initialize", Map.of("protocolVersion", "2025-11-25", "capabilities", Map.of())),
                agent.modern(1, "server/discover", Map.of()))) {
            var capabilities = Agent.json(agent.send(request).get().body()).at("/result/capabilities");
            assertTrue(capabilities.at("/tools/listChanged").asBoolean());
            assertTrue(capabilities.at("/prompts/listChanged").asBoolean());
        }
    }

    @Test
    void tellsOfChangesThroughEitherDialectOnce() {
        Target target = dialects.target("http://localhost");
        try (EventStream stream = listening(target); EventStream other = listening(target)) {
            dialects.describe(target, "Other words");
            for (EventStream each : List.of(stream, other)) {
                Event event = each.next();
                assertEquals(Agent.json("{\"jsonrpc\":\"2.0\",\"method\":\"" + TOOLS + "\"}"), event.json());
            }

            dialects.prompts(target, PROMPT.formatted("one"));
            assertEquals(PROMPTS, stream.nextMethod());

            dialects.rename(target, "renamed");
            assertEquals(TOOLS, stream.nextMethod());
            assertEquals(List.of(PROMPTS, TOOLS), List.of(other.nextMethod(), other.nextMethod()));
        }
    }

    @Test
    void saysNothingOfWhatAgentsCannotSee() {
        Target target = dialects.target("http://localhost");
        dialects.prompts(target, PROMPT.formatted("one"));
        try (EventStream stream = listening(target)) {
            deployment.api().body(Map.of("name", "Further")).post(target.management() + "/tokens").then().statusCode(200);
            dialects.prompts(target, PROMPT.formatted("two"));
            deployment.api().body(Map.of("name", "Renamed", "folder_id", deployment.folder()))
                    .put(target.management()).then().statusCode(200);
            dialects.describe(dialects.target("http://localhost"), "Of another server");

            dialects.describe(target, "Other words");

            assertEquals(TOOLS, stream.nextMethod());
        }
    }

    @Test
    void tellsAClientThatLostItsStreamWhatHasChangedMeanwhile() {
        Target target = dialects.target("http://localhost");
        String bookmark;
        try (EventStream stream = listen(target)) {
            bookmark = stream.next().id();
        }

        dialects.describe(target, "Other words");

        try (EventStream back = listen(target, "Last-Event-ID", bookmark)) {
            assertEquals("", back.next().data());
            Event missed = back.next();
            assertEquals(TOOLS, missed.json().path("method").asText());
            assertNotEquals(bookmark, missed.id());
            try (EventStream again = listen(target, "Last-Event-ID", missed.id())) {
                again.next();
                dialects.prompts(target, PROMPT.formatted("one"));
                assertEquals(PROMPTS, again.nextMethod());
                assertEquals(PROMPTS, back.nextMethod());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "a.b", "a.b.c.d", "...." })
    void knowsNothingOfBookmarksThatAreNotItsOwn(String id) {
        Target target = dialects.target("http://localhost");
        try (EventStream stream = listen(target, "Last-Event-ID", id)) {
            assertEquals("", stream.next().data());

            dialects.prompts(target, PROMPT.formatted("one"));

            assertEquals(PROMPTS, stream.nextMethod());
        }
    }

    @Test
    void sendsOlderClientsNoEventWithoutData() {
        Target target = dialects.target("http://localhost");
        try (EventStream stream = listen(target, "MCP-Protocol-Version", "2025-06-18")) {
            dialects.describe(target, "Other words");

            assertEquals(TOOLS, stream.nextMethod());
        }
    }

    @Test
    void sendsTheHeadersOfAStream() {
        Target target = dialects.target("http://localhost");
        try (EventStream stream = listening(target)) {
            assertEquals("text/event-stream", stream.header("Content-Type"));
            assertEquals("no", stream.header("X-Accel-Buffering"));
            assertNull(stream.header("Mcp-Session-Id"));
        }
    }

    @Test
    void missesNoChangeThoughTheConnectionThatHearsOfThemIsLost() throws SQLException {
        Target target = dialects.target("http://localhost");
        try (EventStream stream = listening(target);
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity "
                    + "where query like 'with renewed as%' and pid <> pg_backend_pid()");

            dialects.describe(target, "Other words");

            assertEquals(TOOLS, stream.nextMethod());
        }
    }

    @Test
    void endsTheStreamWithTheServer() {
        Target deleted = dialects.target("http://localhost");
        Target switchedOff = dialects.target("http://localhost");
        try (EventStream one = listening(deleted); EventStream other = listening(switchedOff)) {
            deployment.api().delete(deleted.management()).then().statusCode(200);
            dialects.switchOff(switchedOff);

            assertTrue(one.next().isEnd());
            Event end = other.next();
            assertTrue(end.isEnd());
            assertFalse(end.isBroken());
        }
    }

    @Test
    void endsTheStreamOfATokenThatOpensTheServerNoMore() {
        Target target = dialects.target("http://localhost");
        JsonPath revoked = token(target, Map.of("name", "Revoked"));
        try (EventStream first = listening(target); EventStream second = stream(target, revoked)) {
            deployment.api().delete(target.management() + "/tokens/" + revoked.getInt("id")).then().statusCode(200);
            assertTrue(second.next().isEnd());

            deployment.api().post(target.management() + "/token_renew").then().statusCode(200);
            assertTrue(first.next().isEnd());
        }
    }

    @Test
    void endsTheStreamOfATokenThatExpires() {
        Target target = dialects.target("http://localhost");
        JsonPath token = token(target,
                Map.of("name", "Short", "expires_at", Instant.now().plus(BEFORE_IT_EXPIRES).toString()));
        try (EventStream stream = stream(target, token)) {
            assertTrue(stream.next().isEnd());
        }
    }

    private JsonPath token(Target target, Map<String, ?> wish) {
        return deployment.api().body(wish).post(target.management() + "/tokens").then().statusCode(200).extract()
                .jsonPath();
    }

    private static EventStream stream(Target target, JsonPath token) {
        EventStream stream = target.agent(token.getString("token")).listen();
        assertEquals(200, stream.status());
        stream.next();
        return stream;
    }

    @ParameterizedTest
    @ValueSource(strings = { "*/*", "text/*", "application/json", "text/event-streams" })
    void wantsTheClientToTakeAStream(String accept) throws Exception {
        Agent agent = dialects.target("http://localhost").agent();

        HttpResponse<String> answer = agent.send(agent.request("Accept", accept).GET().build()).get();

        assertEquals(406, answer.statusCode());
        assertEquals(1406, Agent.json(answer.body()).at("/error/code").asInt());
    }

    @Test
    void findsTheStreamAmongWhatTheClientTakes() {
        Target target = dialects.target("http://localhost");
        try (EventStream stream = target.agent()
                .open(target.agent().request("Accept", "application/json, Text/Event-Stream;q=0.5").GET().build())) {
            assertEquals(200, stream.status());
        }
    }

    @Test
    void endsNoSessionForThereIsNone() throws Exception {
        Agent agent = dialects.target("http://localhost").agent();

        HttpResponse<String> answer = agent.send(agent.request("Mcp-Session-Id", "x").DELETE().build()).get();

        assertEquals(405, answer.statusCode());
        assertEquals("GET, POST", answer.headers().firstValue("Allow").orElseThrow());
    }
}
