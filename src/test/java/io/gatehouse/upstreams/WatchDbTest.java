package io.gatehouse.upstreams;

import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.plan.Upstream;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;

/** How it comes out what third-party servers have changed, when nobody asks. */
@QuarkusTest
class WatchDbTest {

    private static final Duration DUE = Duration.ofHours(2);

    @Inject
    Deployment deployment;
    @Inject
    Watch watch;
    @Inject
    Changes changes;
    @Inject
    MovableClock clock;
    @Inject
    Ledger ledger;

    private FakeUpstream upstream;
    private String handle;
    private long id;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        changes.listen(heard::add);
        upstream = new FakeUpstream(Era.LEGACY).tools(tool("find", "Finds."));
        handle = deployment.api().body(Map.of("name", "Watched", "folder_id", deployment.folder(), "server_type", "proxy",
                "remote", Map.of("url", upstream.url()))).post("/api/mcp/mcp_servers").then().statusCode(200).extract()
                .path("handle");
        id = ledger.count("select max(id) from upstream");
        upstream.forget();
    }

    @AfterEach
    void stop() {
        upstream.close();
        ledger.update("delete from mcp_server where upstream_id = ?", id);
        ledger.update("delete from upstream where id = ?", id);
    }

    private static void await(Uni<?> work) {
        try {
            VertxContextSupport.subscribeAndAwait(() -> work);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private void run() {
        clock.ahead(DUE, () -> await(Uni.createFrom().deferred(watch::run)));
    }

    private int pending() {
        return deployment.api().get("/api/mcp/mcp_servers/" + handle + "?view=full").then().statusCode(200).extract()
                .path("remote.pending_changes");
    }

    /** Whether anything was announced about the upstream before this mark. */
    private boolean isAnnounced() throws InterruptedException {
        String mark = "mark:" + System.nanoTime();
        changes.say(mark);
        boolean announced = false;
        for (String topic; !mark.equals(topic = heard.poll(30, TimeUnit.SECONDS));) {
            assertNotNull(topic);
            announced |= topic.equals(Upstream.topic(id));
        }
        return announced;
    }

    // G-16
    @Test
    void findsOutWhatHasChanged() throws Exception {
        assertFalse(isAnnounced(), "nobody has a plan of one that is new");
        upstream.tools(tool("find", "Finds more."));

        run();

        assertEquals(1, pending());
        assertTrue(isAnnounced());
        assertEquals(0, upstream.openSessions());
        String objectId = deployment.api().get("/api/mcp/mcp_servers/" + handle + "?view=full").path("remote.upstream_id");
        Ledger.Entry entry = ledger.last("upstream", objectId);
        assertEquals("upstream.tools_changed", entry.action());
        assertEquals("system", entry.actor());
        assertEquals(64, entry.changes().getString("find.after").length());
    }

    // G-16: plans stay as they are while nothing happens, also while the upstream is away
    @Test
    void announcesNothingWhenNothingHasChanged() throws Exception {
        isAnnounced();

        run();
        upstream.instead(FakeUpstream.status(500));
        clock.ahead(DUE.multipliedBy(2), () -> await(Uni.createFrom().deferred(watch::run)));

        assertEquals("unreachable", state());
        assertEquals(false, isAnnounced());
    }

    private String state() {
        return deployment.api().get("/api/mcp/mcp_servers/" + handle + "?view=full").path("remote.state");
    }

    // G-16
    @Test
    void leavesAloneWhatWasLookedAtJustNow() {
        await(Uni.createFrom().deferred(watch::run));
        assertNull(upstream.take());
        run();
        assertNotNull(upstream.take());
        upstream.forget();
        run();
        assertNull(upstream.take());
    }

    // G-16: a gateway that doubts has somebody look at once, and not too often
    @Test
    void looksWhereAGatewayDoubts() throws Exception {
        ledger.update("update upstream set claimed_at = claimed_at - interval '1 minute' where id = ?", id);
        isAnnounced();
        upstream.tools(tool("find", "Finds more."));

        for (int i = 0; i < 10; i++) {
            changes.say(Upstream.doubt(id));
        }

        String topic;
        do {
            topic = heard.poll(30, TimeUnit.SECONDS);
            assertNotNull(topic);
        } while (!topic.equals(Upstream.topic(id)));
        assertEquals(1, pending());
        long asked = 0;
        for (FakeUpstream.Request request; (request = upstream.take()) != null;) {
            asked += request.body().path("method").asText().equals("initialize") ? 1 : 0;
        }
        assertEquals(1, asked);
    }
}
