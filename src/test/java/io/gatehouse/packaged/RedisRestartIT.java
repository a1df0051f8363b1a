package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.gatehouse.packaged.Crowd.Call;
import io.gatehouse.packaged.Crowd.Outcome;
import io.gatehouse.platform.limits.RedisServer;
import io.vertx.core.Future;

/** The server that counts is killed in the middle, and comes back with what is on its disk. */
class RedisRestartIT {

    private static final Logger LOG = Logger.getLogger(RedisRestartIT.class);
    private static final int CALLERS = 40;
    private static final int LIMIT = 2_000;
    private static final int ENOUGH = 100;

    @TempDir
    static Path folder;

    private static RedisServer redis;
    private static Installation gatehouse;
    private static Replica other;
    private static Turnstile turnstile;
    private static Crowd crowd;

    private final Map<String, String> urls = new HashMap<>();
    private final Semaphore refused = new Semaphore(0);
    private final Semaphore uncounted = new Semaphore(0);
    private final AtomicInteger spent = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    private volatile boolean isAway;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(RedisServer.binary().isPresent(), "no redis-server is installed");
        redis = RedisServer.durable("secret", folder);
        Map<String, String> settings = new HashMap<>(Installation.UNLIMITED);
        settings.put("GATEHOUSE_REDIS_URL", "redis://:secret@127.0.0.1:" + redis.port());
        gatehouse = new Installation(settings);
        other = gatehouse.another(Map.of());
        turnstile = new Turnstile(gatehouse);
        crowd = new Crowd();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] { crowd, turnstile, other, gatehouse, redis }) {
            if (part != null) {
                part.close();
            }
        }
    }

    private Call call(int turn) {
        String name = turn / 2 % 2 == 0 ? "strict" : "open";
        return new Call(turn % 2 == 0 ? gatehouse.port() : other.port(), urls.get(name), true, "pass", Turnstile.at(name));
    }

    private void hear(Outcome outcome) {
        boolean isStrict = outcome.call().arguments().equals(Turnstile.at("strict"));
        if (isStrict) {
            statuses.add(outcome.status());
            if (outcome.status() == 503) {
                refused.release();
            } else if (outcome.status() == 200) {
                answered.incrementAndGet();
            } else if (outcome.status() == 429) {
                spent.incrementAndGet();
            }
        } else if (outcome.status() == 200 && isAway) {
            uncounted.release();
        }
    }

    // P-18
    @Test
    void refusesOrAllowsWhileWhatCountsIsAwayAndNeverAdmitsTooMany() throws Exception {
        Map<String, ?> month = Map.of("requests_per_month", LIMIT);
        urls.put("strict", turnstile.publish("strict", Map.of("quota_limit", month)));
        urls.put("open", turnstile.publish("open", Map.of("quota_limit", month, "when_unavailable", "allow")));
        AtomicInteger turn = new AtomicInteger();
        CompletableFuture<Void> kill = turnstile.count("strict").reached(LIMIT / 4).thenRun(redis::kill);
        Future<Void> flood = crowd.come(CALLERS, caller -> spent.get() > CALLERS ? null : call(turn.getAndIncrement()),
                this::hear);

        kill.orTimeout(60, TimeUnit.SECONDS).join();
        isAway = true;
        assertTrue(refused.tryAcquire(ENOUGH, 60, TimeUnit.SECONDS), "Calls are not refused");
        // Some may have been admitted before
        crowd.awaitThoseUnderWay();
        uncounted.drainPermits();
        int before = turnstile.count("strict").all();
        assertTrue(uncounted.tryAcquire(ENOUGH, 60, TimeUnit.SECONDS), "Calls are not allowed");
        assertTrue(turnstile.count("strict").all() - before <= LIMIT / 125, "More passed than was counted in advance");
        redis.start();
        isAway = false;
        turnstile.count("strict").await(LIMIT / 2);
        Crowd.await(flood);

        int passed = turnstile.count("strict").all();
        LOG.infof("%d of %d passed through a restart of Redis", passed, LIMIT);
        assertEquals(Set.of(200, 429, 503), statuses);
        assertTrue(passed <= LIMIT, passed + " of " + LIMIT);
        assertTrue(LIMIT - passed <= LIMIT / 125 + CALLERS, passed + " of " + LIMIT);
        assertTrue(answered.get() <= passed);
    }
}
