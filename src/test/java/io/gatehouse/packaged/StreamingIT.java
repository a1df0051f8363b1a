package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.gatehouse.journal.siem.Receiver;
import io.gatehouse.packaged.Crowd.Call;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Request;
import io.vertx.core.Future;

/** What is recorded arrives at a SIEM at least once, whatever the SIEM does and whichever replica dies. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StreamingIT {

    private static final Logger LOG = Logger.getLogger(StreamingIT.class);
    private static final int CALLERS = 10;
    private static final int CALLS = 3_000;
    private static final List<Receiver.Manner> TROUBLES = List.of(Receiver.OBEYS, Receiver.FAILS, Receiver.STORES_AND_FAILS,
            Receiver.OBEYS, Receiver.STORES_AND_STALLS, Receiver.STORES_AND_BREAKS_OFF, Receiver.ANSWERS_SLOWLY,
            Receiver.REFUSES_ALL);

    private static PostgresServer database;
    private static Installation gatehouse;
    private static Replica other;
    private static Turnstile turnstile;
    private static Crowd crowd;
    private static Receiver receiver;
    private static String destination;
    private static String url;

    private final AtomicInteger answered = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        database = new PostgresServer();
        Map<String, String> settings = new HashMap<>(Installation.UNLIMITED);
        settings.putAll(Map.of("GATEHOUSE_SIEM_EVERY", "100ms", "GATEHOUSE_SIEM_TIMEOUT", "1s", "GATEHOUSE_SIEM_LEASE", "3s",
                "GATEHOUSE_SIEM_SHORTEST_WAIT", "20ms", "GATEHOUSE_SIEM_LONGEST_WAIT", "100ms"));
        gatehouse = new Installation(database, settings);
        other = gatehouse.another(Map.of());
        turnstile = new Turnstile(gatehouse);
        crowd = new Crowd();
        receiver = new Receiver();
        url = turnstile.publish("open", Map.of());
        destination = gatehouse.made("POST", "/api/log_streaming/destinations", Map.of("name", "SIEM", "kind", "https", "url",
                receiver.url() + "/in")).path("id").asText();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] { crowd, turnstile, other, gatehouse, receiver }) {
            if (part != null) {
                part.close();
            }
        }
    }

    private Future<Void> load(AtomicBoolean enough) {
        AtomicInteger turn = new AtomicInteger();
        return crowd.come(CALLERS, caller -> enough.get() ? null : call(turn.getAndIncrement()), outcome -> {
            if (outcome.status() == 200) {
                answered.incrementAndGet();
            }
        });
    }

    private static Call call(int turn) {
        return new Call(turn % 2 == 0 ? gatehouse.port() : other.port(), url, true, "pass", Turnstile.at("open"));
    }

    /** Only the one that holds a destination tells how late it is. */
    private static boolean holds(String managementUrl) {
        return new Wire(managementUrl).send(Request.of("GET", "/q/metrics")).text()
                .contains("gatehouse_siem_lag_seconds{destination=\"" + destination + "\"}");
    }

    private static Set<String> missing() throws Exception {
        Set<String> ids = new TreeSet<>(database.texts("""
                select 'audit-' || entry_id from audit_link where entry_id >=
                    (select id from audit_entry where action = 'log_destination.created')"""));
        database.logged("not chunk.is_open").forEach(entry -> ids.add((String) entry.get("id")));
        ids.removeAll(receiver.distinct());
        return ids;
    }

    // G-15: answers do not wait for a SIEM that gives none
    @Test
    @Order(1)
    void slowsNoCallWhileItStalls() throws Exception {
        Await.until(() -> missing().isEmpty(), () -> "Nothing arrives");
        for (int i = 0; i < 1_000; i++) {
            receiver.next(Receiver.STALLS);
        }
        int posts = receiver.posts.size();
        int kept = receiver.kept.size();
        AtomicBoolean enough = new AtomicBoolean();
        Future<Void> load = load(enough);
        Await.until(() -> receiver.posts.size() > posts && answered.get() >= CALLS, () -> "Nobody is answered");
        enough.set(true);
        Crowd.await(load);
        assertEquals(kept, receiver.kept.size(), "Some were answered after the SIEM had answered");

        receiver.obey();
        Await.until(() -> missing().isEmpty(), () -> "It does not catch up");
    }

    // G-15
    @Test
    @Order(2)
    void losesNothingThoughTheReplicaThatStreamsIsKilled() throws Exception {
        for (int i = 0; i < 200; i++) {
            receiver.next(TROUBLES.get(i % TROUBLES.size()));
        }
        AtomicBoolean enough = new AtomicBoolean();
        Future<Void> load = load(enough);
        int posts = receiver.posts.size();
        Await.until(() -> receiver.posts.size() >= posts + TROUBLES.size() && answered.get() >= CALLS / 2,
                () -> "Nothing is sent");
        Await.until(() -> holds(gatehouse.managementUrl()) != holds(other.managementUrl()), () -> "Nobody streams");
        boolean first = holds(gatehouse.managementUrl());
        if (first) {
            gatehouse.process().destroyForcibly();
        } else {
            other.kill();
        }
        String survivor = first ? other.managementUrl() : gatehouse.managementUrl();
        Await.until(() -> holds(survivor), () -> "Nobody takes over");
        Await.until(() -> answered.get() >= CALLS, () -> "Nobody is answered");
        enough.set(true);
        Crowd.await(load);
        Await.until(() -> receiver.posts.size() >= posts + 3 * TROUBLES.size(),
                () -> "It does not catch up");
        receiver.obey();
        Await.until(() -> missing().isEmpty(), () -> "It does not catch up");

        LOG.infof("%d events came %d times", receiver.distinct().size(), receiver.kept.size());
        assertTrue(receiver.kept.size() > receiver.distinct().size());
        assertTrue(missing().isEmpty());
    }
}
