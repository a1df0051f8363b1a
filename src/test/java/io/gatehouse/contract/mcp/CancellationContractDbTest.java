package io.gatehouse.contract.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import com.fasterxml.jackson.databind.JsonNode;

import io.agroal.api.AgroalDataSource;
import io.gatehouse.contract.mcp.BothDialects.Target;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import jakarta.inject.Inject;

/** Cancelled calls, and what the back end sees of it (MCP 2026-07-28 and 2025-11-25, Cancellation). */
@QuarkusTest
class CancellationContractDbTest {

    private static final long LONGEST_WAIT_SECONDS = 20;
    /** The deployment trusts it. */
    private static final String PROXY = "127.0.0.77";

    private final BackEnd backEnd = new BackEnd();
    private final BlockingQueue<HttpServerResponse> arrived = new LinkedBlockingQueue<>();
    private final List<HttpServerResponse> held = new ArrayList<>();
    private final BlockingQueue<HttpServerResponse> closed = new LinkedBlockingQueue<>();

    @Inject
    Deployment deployment;
    @Inject
    BothDialects dialects;
    @Inject
    AgroalDataSource database;
    @Inject
    Vertx vertx;

    private Target target;
    private Agent agent;

    @BeforeEach
    void holdEveryCall() {
        backEnd.answers(response -> {
            response.closeHandler(gone -> closed.add(response));
            arrived.add(response);
        });
        target = dialects.target(backEnd.url());
        agent = target.agent();
    }

    @AfterEach
    void stop() {
        backEnd.close();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T first = queue.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        assertNotNull(first);
        return first;
    }

    private CompletableFuture<HttpResponse<String>> call(Agent by, Object id) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> call = by.send(by.legacy(id, "tools/call", Map.of("name", "first")));
        held.add(next(arrived));
        return call;
    }

    private static void cancel(Agent by, Map<String, ?> params) throws Exception {
        HttpResponse<String> answer = by.send(by.legacy(null, "notifications/cancelled", params)).get();
        assertEquals("202 ", answer.statusCode() + " " + answer.body());
    }

    private static void assertCancelled(Object id, CompletableFuture<HttpResponse<String>> call) throws Exception {
        HttpResponse<String> answer = call.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        assertEquals(200, answer.statusCode());
        assertCancelled(id.toString(), answer.body());
    }

    private static void assertCancelled(String id, String answer) {
        JsonNode error = Agent.json(answer);
        assertEquals(id, error.path("id").asText());
        assertEquals(1499, error.at("/error/code").asInt());
    }

    private void answerAll() {
        held.forEach(BackEnd.json("{\"ok\":true}"));
    }

    private static void assertAnswered(CompletableFuture<HttpResponse<String>> call) throws Exception {
        assertAnswered(call.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).body());
    }

    private static void assertAnswered(String answer) {
        assertEquals("{\"ok\":true}", Agent.json(answer).at("/result/content/0/text").asText(), answer);
    }

    @ParameterizedTest
    @EnumSource
    void stopsTheBackEndsWorkWhenAModernClientClosesTheStream(HttpClient.Version version) throws Exception {
        Agent modern = new Agent(version, "http://localhost:" + RestAssured.port + target.server().path(),
                target.server().token());
        HttpResponse<String> greeting = modern.send(modern.modern(0, "server/discover", Map.of())).get();
        assertEquals(version, greeting.version());
        CompletableFuture<HttpResponse<String>> call = modern
                .send(modern.modern(1, "tools/call", Map.of("name", "first")));
        HttpServerResponse begun = next(arrived);

        call.cancel(true);

        assertEquals(begun, next(closed));
        assertEquals(200, modern.send(modern.modern(2, "server/discover", Map.of())).get().statusCode());
    }

    @Test
    void goesOnWhenALegacyClientGoesAway() throws Exception {
        CompletableFuture<HttpResponse<String>> call = call(agent, 1);

        call.cancel(true);
        CompletableFuture<HttpResponse<String>> marker = call(agent, 2);
        cancel(agent, Map.of("requestId", 2));
        assertCancelled(2, marker);

        assertEquals(held.get(1), next(closed));
        assertNull(closed.poll());
    }

    @Test
    void stopsTheBackEndsWorkWhenALegacyClientCancelsTheRequest() throws Exception {
        for (Object id : List.of(7, "seven", 0, "")) {
            CompletableFuture<HttpResponse<String>> call = call(agent, id);

            cancel(agent, Map.of("requestId", id, "reason", "no longer needed"));

            assertCancelled(id, call);
            assertEquals(held.remove(0), next(closed));
        }
    }

    @Test
    void cancelsOneRequestOfOneClientOnly() throws Exception {
        String further = deployment.api().body(Map.of("name", "Further")).post(target.management() + "/tokens").then()
                .statusCode(200).extract().path("token");
        Agent other = target.agent(further);
        CompletableFuture<HttpResponse<String>> call = call(agent, 5);
        CompletableFuture<HttpResponse<String>> others = call(other, 6);

        cancel(agent, Map.of("requestId", "5"));
        cancel(other, Map.of("requestId", 5));
        cancel(agent, Map.of("requestId", 6));
        cancelLast();

        answerAll();
        assertAnswered(call);
        assertAnswered(others);
    }

    /** What was cancelled before this would have ended by then. */
    private void cancelLast() throws Exception {
        CompletableFuture<HttpResponse<String>> last = call(agent, "last");
        cancel(agent, Map.of("requestId", "last"));
        assertCancelled("last", last);
    }

    @Test
    void cancelsNothingWhereItCanNotTellWhich() throws Exception {
        CompletableFuture<HttpResponse<String>> one = call(agent, 5);
        CompletableFuture<HttpResponse<String>> two = call(agent, 5);

        cancel(agent, Map.of("requestId", 5));
        cancelLast();

        answerAll();
        assertAnswered(one);
        assertAnswered(two);
    }

    @Test
    void heedsNoWishThatNamesNoRequest() throws Exception {
        CompletableFuture<HttpResponse<String>> call = call(agent, 1);

        for (Object absurd : List.of(true, 1.5, List.of(1), Map.of("id", 1), "x".repeat(100_000))) {
            cancel(agent, Map.of("requestId", absurd));
        }
        cancel(agent, Map.of());
        cancel(agent, Collections.singletonMap("requestId", null));
        cancelLast();

        answerAll();
        assertAnswered(call);
        cancel(agent, Map.of("requestId", 1));
    }

    // P-16
    @Test
    void tellsClientsApartByTheAddressThatTrustedProxiesTellOf() throws Exception {
        CompletableFuture<String> one = call(PROXY, "10.9.9.9, 10.0.0.1", 5);
        CompletableFuture<String> two = call(PROXY, "10.0.0.2", 5);

        cancel(PROXY, "10.8.8.8,10.0.0.1", 5);

        assertCancelled("5", one.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
        answerAll();
        assertAnswered(two.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
    }

    // P-16
    @ParameterizedTest
    @CsvSource({ "127.0.0.1,,127.0.0.5,127.0.0.1", "127.0.0.1,,127.0.0.77,'127.0.0.1, 10.0.0.2'",
            "127.0.0.77,10.0.0.1,127.0.0.5,10.0.0.1", "127.0.0.77,10.0.0.1,127.0.0.77,'10.0.0.1, 10.0.0.2'",
            "127.0.0.77,10.0.0.1,127.0.0.77,unknown" })
    void believesNobodyWhoClaimsTheAddressOfAnother(String peer, String forwarded, String forger, String forged)
            throws Exception {
        CompletableFuture<String> call = call(peer, forwarded, 5);

        cancel(forger, forged, 5);
        cancelLast();

        answerAll();
        assertAnswered(call.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
    }

    private CompletableFuture<String> call(String peer, String forwarded, Object id) throws Exception {
        CompletableFuture<String> call = send(peer, forwarded, Agent.message(id, "tools/call", Map.of("name", "first")))
                .compose(response -> response.body().map(Buffer::toString)).toCompletionStage().toCompletableFuture();
        held.add(next(arrived));
        return call;
    }

    private void cancel(String peer, String forwarded, Object id) throws Exception {
        assertEquals(202, send(peer, forwarded, Agent.message(null, "notifications/cancelled", Map.of("requestId", id)))
                .map(HttpClientResponse::statusCode).toCompletionStage().toCompletableFuture()
                .get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
    }

    /** From that address of the machine; with or without a header. */
    private Future<HttpClientResponse> send(String peer, String forwarded, Map<String, ?> message) {
        return vertx.createHttpClient(new HttpClientOptions().setLocalAddress(peer))
                .request(HttpMethod.POST, RestAssured.port, "localhost", target.server().path()).compose(request -> {
                    request.putHeader("Authorization", "Bearer " + target.server().token())
                            .putHeader("Content-Type", "application/json")
                            .putHeader("Accept", "application/json, text/event-stream")
                            .putHeader("MCP-Protocol-Version", Agent.LEGACY);
                    if (forwarded != null) {
                        request.putHeader("X-Forwarded-For", forwarded);
                    }
                    return request.send(Json.encodeToBuffer(message));
                });
    }

    /** Another replica is whoever else speaks on the bus. */
    @Test
    void cancelsWhatAnotherReplicaIsAskedToCancel() throws Exception {
        CompletableFuture<HttpResponse<String>> call = call(agent, "here");
        try (Bus bus = new Bus(database)) {
            cancel(agent, Map.of("requestId", "elsewhere"));
            String wish = bus.next(">cancel:", "elsewhere");

            bus.say(wish.replace("elsewhere", "here"));

            assertCancelled("here", call);
        }
    }

    @Test
    void cancelsNothingThatAnotherReplicaHasToo() throws Exception {
        CompletableFuture<HttpResponse<String>> call = call(agent, "here");
        try (Bus bus = new Bus(database)) {
            cancel(agent, Map.of("requestId", "elsewhere"));
            String wish = bus.next(">cancel:", "elsewhere");
            String name = UUID.randomUUID().toString();

            bus.say(">cancel:" + name + wish.substring(wish.indexOf(' ')).replace("elsewhere", "here"),
                    ">in-flight:" + name);
            cancelLast();
        }

        answerAll();
        assertAnswered(call);
    }

    private static final class Bus implements AutoCloseable {

        private final Connection connection;
        private final PGConnection notices;

        Bus(AgroalDataSource database) throws SQLException {
            connection = database.getConnection();
            notices = connection.unwrap(PGConnection.class);
            run("listen gatehouse_changes");
        }

        private void run(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        /** Others speak too, and some have been told late to do so. */
        String next(String prefix, String part) throws SQLException {
            Instant latest = Instant.now().plusSeconds(LONGEST_WAIT_SECONDS);
            while (Instant.now().isBefore(latest)) {
                for (PGNotification notice : notices.getNotifications(1_000)) {
                    if (notice.getParameter().startsWith(prefix) && notice.getParameter().contains(part)) {
                        return notice.getParameter();
                    }
                }
            }
            throw new AssertionError("Nobody said " + prefix);
        }

        /** In one transaction, so that they are heard together. */
        void say(String... messages) throws SQLException {
            run(Stream.of(messages).map(message -> "notify gatehouse_changes, '" + message + "'")
                    .collect(Collectors.joining(";")));
        }

        @Override
        public void close() throws SQLException {
            run("unlisten *");
            connection.close();
        }
    }
}
