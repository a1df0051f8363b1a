package io.gatehouse.journal.activity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.gatehouse.journal.keeping.Recording;
import io.gatehouse.journal.masking.Masks;
import io.gatehouse.platform.Role;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** What a replica has taken it commits before it stops. P-21 */
@QuarkusTest
class RecorderDbTest {

    private static final MemorySize ENOUGH = new MemorySize(BigInteger.valueOf(10_000));

    @Inject
    AgroalDataSource database;
    @Inject
    Ledger ledger;
    @Inject
    OtherWorkspace others;
    @Inject
    Role role;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch failed = new CountDownLatch(1);

    private Recorder recorder() {
        return new Recorder(new Masks(List.of(), Optional.empty()), FaultyDatabase.of(database, this::awayAtFirst), registry,
                Clock.systemUTC(),
                Durability.BEFORE_REPLY, Recorder.WhenFull.REFUSE, ENOUGH, ENOUGH, ENOUGH, Duration.ZERO,
                Duration.ofSeconds(30), Optional.of("test"), Optional.empty());
    }

    private Exception awayAtFirst() {
        if (failed.getCount() == 0) {
            return null;
        }
        failed.countDown();
        return new SQLException("the database is away");
    }

    private static Entry entry(long workspace) {
        Instant now = Instant.now();
        return new Entry(EntryId.at(now), now, false, new Entry.Scene(workspace, -4, Recording.ALL, "r", null, null),
                new Entry.Visitor("user:1", null, null, null, null),
                new Entry.Question("modern", null, "tools/call", "tool", null, 0),
                new Entry.Answer(null, null, 200, "{}".getBytes(StandardCharsets.UTF_8), 2, 1));
    }

    @Test
    void triesAgainWhatItHasTakenThoughItStops() throws Exception {
        long workspace = others.create();
        Recorder recorder = recorder();
        recorder.start(null, role);
        recorder.note(entry(workspace));
        failed.await();
        recorder.stop(null);

        assertEquals(0, registry.counter("gatehouse.activity.dropped").count());
        assertEquals(1, ledger.count(
                "select coalesce(sum(infos + warnings + errors), 0) from activity_chunk where workspace_id = " + workspace));
        ledger.update("delete from activity_chunk where workspace_id = ?", workspace);
    }
}
