package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.packaged.Crowd.Call;
import io.gatehouse.packaged.Crowd.Outcome;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.FakeUpstream;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;

/** What a client got an answer to is in the activity log, though replicas are killed under load again and again. */
class CrashIT {

    private static final Logger LOG = Logger.getLogger(CrashIT.class);
    private static final int KILLS = Integer.getInteger("gatehouse.crash.kills", 20);
    private static final int REPLICAS = 4;
    private static final int CALLERS = 40;
    /** Between two kills. */
    private static final int ANSWERS = 150;
    /** Of the activity log, and of one commit, after which it is tried anew. */
    private static final long DELAY_MILLIS = 100;
    private static final long LONGEST_COMMIT_MILLIS = 5_000;
    private static final String SERVERS = "/api/mcp/mcp_servers/";

    private static PostgresServer database;
    private static Installation gatehouse;
    private static Turnstile turnstile;
    private static FakeUpstream upstream;
    private static Crowd crowd;
    private static final List<String> SERVED = new ArrayList<>();

    private final Queue<Outcome> answered = new ConcurrentLinkedQueue<>();
    private final Semaphore answers = new Semaphore(0);
    private final Map<Integer, Long> killed = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        database = PostgresServer.durable();
        gatehouse = new Installation(database, Installation.UNLIMITED);
        turnstile = new Turnstile(gatehouse);
        upstream = new FakeUpstream(Era.DUAL).tools(FakeUpstream.tool("pass", "Streams."));
        upstream.raw("tools/call", CrashIT::stream);
        crowd = new Crowd();
        String open = turnstile.publish("open", Map.of());
        String proxy = gatehouse.proxy(upstream.url());
        SERVED.addAll(List.of(open, proxy, turnstile.publish("used up", Map.of("quota_limit",
                Map.of("requests_per_month", 1))), aggregate(proxy), open.replaceFirst("token=.*", "token=wrong")));
    }

    /** A composed server that has the tools of another, and tells of the progress of calls. */
    private static String aggregate(String proxy) {
        JsonNode made = gatehouse.made("POST", "/api/mcp/mcp_servers", Map.of("name", "All of it", "folder_id", 1));
        String source = gatehouse.get(SERVERS + proxy.replaceFirst(".*/mcp/", "").replaceFirst("\\?.*", "") + "?view=full")
                .json().at("/remote/upstream_id").asText();
        gatehouse.made("POST", SERVERS + made.path("handle").asText() + "/assign_tools",
                Map.of("tools", List.of(), "sources", List.of(Map.of("upstream_id", source, "prefix", ""))));
        return made.path("mcp_url").asText();
    }

    private static void stream(JsonNode message, HttpServerResponse response) {
        response.setChunked(true).putHeader("Content-Type", "text/event-stream");
        JsonNode token = message.at("/params/_meta/progressToken");
        if (token.isValueNode() && !token.isMissingNode()) {
            response.write("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"
                    + token + ",\"progress\":1}}\n\n");
        }
        response.end("data: {\"jsonrpc\":\"2.0\",\"id\":" + message.get("id")
                + ",\"result\":{\"content\":[],\"resultType\":\"complete\"}}\n\n");
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] { crowd, turnstile, upstream, gatehouse }) {
            if (part != null) {
                part.close();
            }
        }
    }

    // P-21
    @Test
    void losesNoEntryOfAnAnsweredCall() throws Exception {
        killUnderLoad("before-reply", KILLS);

        Set<String> recorded = recorded();
        List<Outcome> missing = answered.stream().filter(outcome -> !recorded.contains(outcome.call().id())).toList();
        assertEquals(List.of(), missing.subList(0, Math.min(10, missing.size())), missing.size() + " are missing");
    }

    // P-21
    @Test
    void losesNoMoreThanTheStatedBoundWhereAnswersDoNotWait() throws Exception {
        killUnderLoad("after-reply", REPLICAS);

        Set<String> recorded = recorded();
        List<Outcome> missing = answered.stream().filter(outcome -> !recorded.contains(outcome.call().id())).toList();
        long longest = missing.stream().mapToLong(this::beforeItsReplicaDied).max().orElse(0);
        LOG.infof("%d of %d answers were not recorded, none older than %d ms", missing.size(), answered.size(), longest);
        assertTrue(longest <= DELAY_MILLIS + LONGEST_COMMIT_MILLIS, longest + " ms");
    }

    /** In milliseconds; for ever where it did not die. */
    private long beforeItsReplicaDied(Outcome outcome) {
        Long died = killed.get(outcome.call().port());
        return died == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.toMillis(died - outcome.at());
    }

    private Set<String> recorded() throws Exception {
        return database.logged("true").stream().map(entry -> (String) entry.get("request_id"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void killUnderLoad(String log, int kills) throws Exception {
        try (Fleet fleet = new Fleet(gatehouse, REPLICAS, Map.of("GATEHOUSE_ACTIVITY_LOG", log))) {
            AtomicInteger turn = new AtomicInteger();
            AtomicInteger left = new AtomicInteger(kills);
            Future<Void> load = crowd.come(CALLERS, caller -> left.get() == 0 ? null : call(fleet, turn.getAndIncrement()),
                    this::hear);
            while (left.get() > 0) {
                answers.drainPermits();
                assertTrue(answers.tryAcquire(ANSWERS, 60, TimeUnit.SECONDS), "Nobody answers");
                kill(fleet, left.get() > REPLICAS);
                left.decrementAndGet();
            }
            Crowd.await(load);
        }
        Map<String, Long> kinds = answered.stream().collect(Collectors.groupingBy(
                outcome -> outcome.status() + " " + outcome.type(), Collectors.counting()));
        LOG.infof("%s: %d calls were answered: %s", log, answered.size(), kinds);
        assertTrue(kinds.keySet().containsAll(Set.of("200 application/json", "200 text/event-stream",
                "401 application/json", "429 application/json")), kinds::toString);
    }

    /** The one that serves for the longest time. */
    private void kill(Fleet fleet, boolean another) {
        Replica next = fleet.living().get(0);
        if (another) {
            fleet.replace(next);
        } else {
            fleet.kill(next);
        }
        killed.put(next.port(), System.nanoTime());
    }

    private static Call call(Fleet fleet, int turn) {
        return new Call(fleet.port(turn), SERVED.get(turn % SERVED.size()), turn / SERVED.size() % 2 == 0, "pass",
                Turnstile.at("open"));
    }

    private void hear(Outcome outcome) {
        if (outcome.status() > 0) {
            answered.add(outcome);
            answers.release();
        }
    }
}
