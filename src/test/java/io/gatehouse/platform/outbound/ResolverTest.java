package io.gatehouse.platform.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.kernel.Problem;
import io.gatehouse.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Look-ups that are shared, repeated in time, and in nobody's way. */
class ResolverTest {

    private static final String PUBLIC = "8.8.8.8";
    private static final String OTHER = "9.9.9.9";
    private static final String PRIVATE = "10.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final Map<String, String> zone = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> slow = new ConcurrentHashMap<>();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final Resolver resolver = new Resolver(vertx, new AddressGuard(Optional.empty()), this::addresses,
            nanos::get);

    @AfterEach
    void stop() throws Exception {
        slow.values().forEach(CountDownLatch::countDown);
        resolver.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private InetAddress[] addresses(String host) throws UnknownHostException {
        asked.add(host);
        CountDownLatch latch = slow.get(host);
        try {
            if (latch != null) {
                latch.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!zone.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] { InetAddress.getByName(zone.get(host)) };
    }

    private static String outcome(Future<InetAddress> address) throws Exception {
        try {
            return address.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS).getHostAddress();
        } catch (ExecutionException e) {
            return assertInstanceOf(Problem.class, e.getCause()).kind().name();
        }
    }

    private String resolve(String host) throws Exception {
        return outcome(resolver.resolve(host));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void awaitLookUp() throws Exception {
        assertEquals("host", asked.poll(30, TimeUnit.SECONDS));
    }

    /** Asks until a look-up in the background is seen to be done. */
    private void awaitOutcome(String expected) throws Exception {
        Await.until(() -> resolve("host").equals(expected), () -> "It is not " + expected);
        assertEquals(expected, resolve("host"));
    }

    @Test
    void looksUpOnceForAllWhoAskMeanwhile() throws Exception {
        zone.put("host", PUBLIC);
        slow.put("host", new CountDownLatch(1));
        List<Future<InetAddress>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(resolver.resolve("host"));
        }
        awaitLookUp();
        slow.get("host").countDown();

        for (Future<InetAddress> one : waiting) {
            assertEquals(PUBLIC, outcome(one));
        }
        assertEquals(PUBLIC, resolve("host"));
        assertEquals(0, asked.size());
    }

    @Test
    void answersOthersWhileOneHostIsSlow() throws Exception {
        zone.put("other", PUBLIC);
        slow.put("dead", new CountDownLatch(1));
        List<Future<InetAddress>> waiting = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            waiting.add(resolver.resolve("dead"));
        }

        assertEquals(PUBLIC, resolve("other"));
        slow.get("dead").countDown();
        for (Future<InetAddress> one : waiting) {
            assertEquals("UPSTREAM", outcome(one));
        }
    }

    @Test
    void refusesMoreHostsThanCanWait() throws Exception {
        List<Future<InetAddress>> waiting = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            slow.put("dead" + i, new CountDownLatch(1));
            waiting.add(resolver.resolve("dead" + i));
        }

        assertEquals("UNAVAILABLE", outcome(waiting.get(599)));
        slow.values().forEach(CountDownLatch::countDown);
        // Those that did not wait in vain, the last of them too: then there is room again
        for (Future<InetAddress> one : waiting.subList(0, 516)) {
            assertEquals("UPSTREAM", outcome(one));
        }
        assertEquals("UPSTREAM", resolve("dead599"));
    }

    @Test
    void servesWhatItKnowsWhileItLooksUpAgain() throws Exception {
        zone.put("host", PUBLIC);
        resolve("host");
        awaitLookUp();
        pass(Duration.ofSeconds(9));
        assertEquals(PUBLIC, resolve("host"));
        assertEquals(0, asked.size());

        pass(Duration.ofSeconds(2));
        zone.put("host", OTHER);
        slow.put("host", new CountDownLatch(1));
        assertEquals(PUBLIC, resolve("host"));
        awaitLookUp();
        assertEquals(PUBLIC, resolve("host"));
        slow.get("host").countDown();

        awaitOutcome(OTHER);
        assertEquals(0, asked.size());
    }

    @Test
    void waitsForTheLookUpWhenWhatItKnowsIsTooOld() throws Exception {
        zone.put("host", PUBLIC);
        resolve("host");
        pass(Duration.ofMinutes(1));
        zone.put("host", OTHER);

        assertEquals(OTHER, resolve("host"));
    }

    @Test
    void refusesAHostAsSoonAsItIsSeenAtAnAddressThatIsNotPermitted() throws Exception {
        zone.put("host", PUBLIC);
        resolve("host");
        pass(Duration.ofSeconds(11));
        zone.put("host", PRIVATE);

        awaitOutcome("FORBIDDEN");
    }

    @Test
    void servesWhatItKnowsForAWhileWhenTheNameIsGone() throws Exception {
        zone.put("host", PUBLIC);
        resolve("host");
        awaitLookUp();
        pass(Duration.ofSeconds(11));
        zone.remove("host");
        assertEquals(PUBLIC, resolve("host"));
        awaitLookUp();
        pass(Duration.ofSeconds(3));
        assertEquals(PUBLIC, resolve("host"));

        pass(Duration.ofSeconds(47));
        awaitOutcome("UPSTREAM");
    }

    @Test
    void keepsAFailureForAMomentOnly() throws Exception {
        assertEquals("UPSTREAM", resolve("host"));
        awaitLookUp();
        zone.put("host", PUBLIC);
        pass(Duration.ofMillis(1_900));
        assertEquals("UPSTREAM", resolve("host"));
        assertEquals(0, asked.size());

        pass(Duration.ofMillis(200));
        assertEquals(PUBLIC, resolve("host"));
        awaitLookUp();
    }

    @Test
    void answersWhereItIsAsked() throws Exception {
        zone.put("host", PUBLIC);
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        vertx.getOrCreateContext().runOnContext(start -> {
            threads.add(Thread.currentThread());
            resolver.resolve("host").onComplete(done -> threads.add(Thread.currentThread()));
        });

        assertSame(threads.poll(30, TimeUnit.SECONDS), threads.poll(30, TimeUnit.SECONDS));
    }
}
