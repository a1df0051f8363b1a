package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.PausableLine;
import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Request;

/**
 * What becomes of calls while the activity log can't be written, and after. Calls are counted where they arrive, at the
 * back end.
 */
class LogOutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** Room for about ten entries. */
    private static final String SMALL = "12K";
    private static final int AT_ONCE = 20;
    private static final Pattern DROPPED = Pattern.compile("(?m)^gatehouse_activity_dropped_total(?:\\{.*})? ([0-9.]+)");
    private static final Pattern MISSING = Pattern.compile("^(\\d+) calls from .* were not recorded");

    private static PostgresServer database;
    private static Installation gatehouse;
    private static Turnstile turnstile;

    private final String name = UUID.randomUUID().toString();
    private PausableLine line;
    private String url;

    @BeforeAll
    static void start() throws Exception {
        database = new PostgresServer();
        gatehouse = new Installation(database, Installation.UNLIMITED);
        turnstile = new Turnstile(gatehouse);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] { turnstile, gatehouse }) {
            if (part != null) {
                part.close();
            }
        }
    }

    @BeforeEach
    void publish() throws Exception {
        line = new PausableLine(database.port());
        url = turnstile.publish(name, Map.of());
    }

    @AfterEach
    void hangUp() {
        line.close();
    }

    /** One that writes its log through the line. What it reads comes past it, or nobody would know whom to let in. */
    private Replica replica(String log, String whenFull) throws Exception {
        return gatehouse.another(Map.of("GATEHOUSE_ROLE", "gateway", "GATEHOUSE_ACTIVITY_LOG", log,
                "GATEHOUSE_ACTIVITY_WHEN_FULL", whenFull, "GATEHOUSE_ACTIVITY_MAX_BACKLOG", SMALL,
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + PostgresServer.url(line.port()).replaceFirst("//.*@", "//")));
    }

    private void loseTheDatabase() {
        line.pause();
        line.cut();
    }

    /** The statuses of so many calls at once, and how many had each. */
    private Map<Integer, Long> call(Replica replica, int count) {
        Agent agent = new Agent(replica.url() + url.replaceFirst(".*?/mcp/", "/mcp/").replaceFirst("\\?.*", ""),
                url.replaceFirst(".*token=", ""));
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, count).mapToObj(i -> agent.send(
                agent.legacy(i, "tools/call", Map.of("name", "pass", "arguments", Map.of("at", name))))).toList();
        return calls.stream().map(call -> call.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
    }

    private int carriedOut() {
        return turnstile.count(name).all();
    }

    private static double dropped(Replica replica) {
        Matcher metric = DROPPED.matcher(new Wire(replica.managementUrl()).send(Request.of("GET", "/q/metrics")).text());
        return metric.find() ? Double.parseDouble(metric.group(1)) : 0;
    }

    /** What is recorded of the server. */
    private List<Map<String, Object>> recorded(Predicate<Map<String, Object>> which) throws Exception {
        return database.logged("server.handle = '" + url.replaceFirst(".*/mcp/", "").replaceFirst("\\?.*", "") + "'").stream()
                .filter(which).toList();
    }

    private long calls() throws Exception {
        return recorded(entry -> entry.get("type").equals("tool_call")).size();
    }

    private long missing() throws Exception {
        return recorded(entry -> entry.get("type").equals("gap")).stream().mapToLong(entry -> {
            String message = (String) entry.get("message");
            Matcher missing = MISSING.matcher(message);
            assertTrue(missing.find(), message);
            return Long.parseLong(missing.group(1));
        }).sum();
    }

    // P-21
    @ParameterizedTest
    @ValueSource(strings = { "before-reply", "after-reply" })
    void answersGoOnAndTheLogTellsHowManyItHasNot(String log) throws Exception {
        try (Replica replica = replica(log, "drop")) {
            CompletableFuture<String> told = replica.line("were not recorded");
            assertEquals(Map.of(200, 1L), call(replica, 1));
            loseTheDatabase();
            Await.until(() -> {
                assertEquals(Map.of(200, (long) AT_ONCE), call(replica, AT_ONCE));
                return dropped(replica) >= AT_ONCE;
            }, () -> "Entries are not dropped");

            line.resume();
            Await.until(() -> missing() > 0, () -> "The log tells of no gap");
            Await.until(() -> calls() + missing() >= carriedOut(),
                    () -> "The log misses more than it tells");

            assertEquals(carriedOut(), calls() + missing());
            assertEquals(dropped(replica), missing());
            assertTrue(told.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).contains((int) dropped(replica) + " calls"));
            // Service is as it was
            assertEquals(Map.of(200, (long) AT_ONCE), call(replica, AT_ONCE));
            Await.until(() -> calls() + missing() == carriedOut(),
                    () -> "Calls are not recorded again");
        }
    }

    // P-21
    @Test
    void carriesNothingOutOnceTheLogIsFull() throws Exception {
        try (Replica replica = replica("after-reply", "refuse")) {
            assertEquals(Map.of(200, 1L), call(replica, 1));
            loseTheDatabase();
            Await.until(() -> call(replica, AT_ONCE).containsKey(503), () -> "Calls are not refused");

            isRefusedUntilTheDatabaseIsBack(replica);
        }
    }

    // P-21
    @Test
    void carriesNothingOutThatCannotBeRecordedBeforeItsReply() throws Exception {
        try (Replica replica = replica("before-reply", "refuse")) {
            assertEquals(Map.of(200, 1L), call(replica, 1));
            loseTheDatabase();
            Await.until(() -> call(replica, AT_ONCE).containsKey(503), () -> "Calls are not refused");
            int withheld = carriedOut() - 1;
            assertTrue(withheld > 0, "Nothing was carried out whose answer had to be withheld");

            isRefusedUntilTheDatabaseIsBack(replica);
            Await.until(() -> recorded(entry -> entry.get("status").equals("withheld") && entry.get("http_status").equals(503))
                    .size() == withheld,
                    () -> "The log tells of answers that nobody got");
        }
    }

    private void isRefusedUntilTheDatabaseIsBack(Replica replica) throws Exception {
        int before = carriedOut();
        assertEquals(Map.of(503, 3L * AT_ONCE), call(replica, 3 * AT_ONCE));
        assertEquals(before, carriedOut());

        line.resume();
        Await.until(() -> call(replica, AT_ONCE).equals(Map.of(200, (long) AT_ONCE)), () -> "Calls are refused for ever");

        Await.until(() -> recorded(entry -> Set.of("success", "withheld").contains(entry.get("status"))).size() == carriedOut(),
                () -> "Calls are not recorded");
    }
}
