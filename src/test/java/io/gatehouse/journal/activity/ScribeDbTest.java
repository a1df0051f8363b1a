package io.gatehouse.journal.activity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.gatehouse.journal.activity.Backlog.Waiting;
import io.gatehouse.journal.keeping.Recording;
import io.gatehouse.journal.masking.Masks;
import io.gatehouse.platform.Role;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** What is recorded gets into the table once, whatever the database says in between. P-21 */
@QuarkusTest
class ScribeDbTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String COUNT = "select coalesce(sum(infos + warnings + errors), 0) from activity_chunk where workspace_id = ";

    @Inject
    AgroalDataSource database;
    @Inject
    Ledger ledger;
    @Inject
    OtherWorkspace others;
    @Inject
    Feed feed;
    @Inject
    Role role;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EntryWriter writer = new EntryWriter(
            new Rows(new Masks(List.of(), Optional.empty()), 1_000, 1_000), new EntryForm("scribe"));
    private long workspace;

    @BeforeEach
    void begin() {
        workspace = others.create();
    }

    @AfterEach
    void forget() {
        ledger.update("delete from activity_chunk where workspace_id = ?", workspace);
    }

    private Written entry(Instant time, boolean replaces, String tool, String caller) {
        return writer.write(call(time, replaces, tool, caller));
    }

    /** As precise as the application's clock, and the database. */
    private Entry call(Instant time, boolean replaces, String tool, String caller) {
        Instant at = time.truncatedTo(ChronoUnit.MICROS);
        return new Entry(EntryId.at(at), at, replaces, new Entry.Scene(workspace, -3, Recording.ALL, "r", null, null),
                new Entry.Visitor(caller, null, null, null, null),
                new Entry.Question("modern", null, "tools/call", tool, null, 0),
                new Entry.Answer(null, null, 200, "{}".getBytes(StandardCharsets.UTF_8), 2, 1));
    }

    private Written entry() {
        return entry(Instant.now(), false, "tool", "user:1");
    }

    /** The database says these things at first, when somebody wants a connection. */
    private AgroalDataSource saying(Exception... answers) {
        return FaultyDatabase.of(database, new ArrayDeque<>(List.of(answers))::poll);
    }

    /** Until all of them are done with. */
    private void write(AgroalDataSource where, Written... entries) throws InterruptedException {
        Backlog backlog = new Backlog(Long.MAX_VALUE);
        Arrays.stream(entries).forEach(entry -> backlog.add(new Waiting(entry, null, null, System.nanoTime())));
        Scribe scribe = new Scribe(backlog, writer, new ActivityStore(where, Clock.systemUTC(), PATIENCE), new Gaps(),
                Clock.systemUTC(), Duration.ZERO, PATIENCE, registry.timer("commits"), registry.counter("dropped"));
        scribe.end();
        scribe.run();
    }

    @Test
    void leavesOutThatACallWasOpenWhoseEndIsHereToo() throws Exception {
        Instant at = Instant.now();
        Written end = entry(at, true, "tool", null);
        Written open = entry(at, false, "tool", null);
        write(database, new Written(end.id(), open.at(), workspace, open.serverId(), open.facets(), false, open.form()), end,
                entry());

        assertRecorded(2);
    }

    @Test
    void givesBackItsConnections() throws Exception {
        ActivityStore store = new ActivityStore(database, Clock.systemUTC(), PATIENCE);
        for (int i = 0; i < 10; i++) {
            store.commit(List.of(entry()));
            store.drop();
        }

        assertRecorded(10);
    }

    private void assertRecorded(int entries) {
        assertEquals(entries, ledger.count(COUNT + workspace));
        assertEquals(0, registry.counter("dropped").count());
    }

    @Test
    void waitsWhereNothingIsWrongWithTheEntry() throws Exception {
        write(saying(new SQLException("permission denied for table activity_chunk", "42501"),
                new SQLException("no such table", "42P01"), new IllegalStateException("the pool has other problems")),
                entry(), entry());

        assertRecorded(2);
    }

    @Test
    void triesAgainWhatIsTakenThoughTheReplicaStops() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        MemorySize enough = new MemorySize(BigInteger.valueOf(10_000));
        Recorder recorder = new Recorder(new Masks(List.of(), Optional.empty()), FaultyDatabase.of(database, () -> {
            boolean isFirst = failed.getCount() > 0;
            failed.countDown();
            return isFirst ? new SQLException("the database is away") : null;
        }), registry, Clock.systemUTC(), Durability.BEFORE_REPLY, Recorder.WhenFull.REFUSE, enough, enough, enough,
                Duration.ZERO, PATIENCE, Optional.of("test"), Optional.empty());
        recorder.start(null, role);
        recorder.note(call(Instant.now(), false, "tool", "user:1"));
        failed.await();
        recorder.stop(null);

        assertRecorded(1);
        assertEquals(0, registry.counter("gatehouse.activity.dropped").count());
    }

    @Test
    void makesTheDayThatIsMissing() throws Exception {
        write(database, entry(Instant.parse("2001-02-03T04:05:06Z"), false, "tool", null), entry(),
                entry(Instant.parse("2001-02-05T00:00:00Z"), true, "tool", null));

        assertRecorded(3);
        ledger.update("drop table activity_chunk_20010203, activity_chunk_20010205, activity_batch_20010203, "
                + "activity_batch_20010205");
    }

    /** Its answer was withheld after it had been committed with others. */
    @Test
    void replacesAnEntryAmongOthers() throws Exception {
        Instant at = Instant.now();
        Written first = entry(at, false, "tool", null);
        Written other = entry(at, false, "tool", "user:1");
        write(database, first, other);

        Written withheld = entry(at, true, "changed", null);
        write(database, new Written(first.id(), first.at(), workspace, first.serverId(), withheld.facets(), true,
                renamed(withheld.form(), first.form())));

        assertRecorded(2);
        assertEquals(List.of("changed null", "tool user:1"), recorded().stream()
                .map(entry -> entry.get("tool") + " " + entry.get("caller")).sorted().toList());
    }

    /** With the id of another one, which stands first in its form. */
    private static byte[] renamed(byte[] form, byte[] other) {
        byte[] renamed = form.clone();
        System.arraycopy(other, 0, renamed, 0, Long.BYTES * 2);
        return renamed;
    }

    private List<Map<String, Object>> recorded() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return LoggedEntries.read(connection, "chunk.workspace_id = ?", workspace);
        }
    }

    /** The answer to a commit comes too late, and the commit would have come later still. */
    @Test
    void writesNothingTwice() throws Exception {
        ActivityStore store = new ActivityStore(database, Clock.systemUTC(), Duration.ofSeconds(5));
        List<Written> entries = List.of(entry());
        try (Connection other = database.getConnection(); Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table activity_chunk in exclusive mode");
            assertThrows(SQLException.class, () -> store.commit(entries));
            store.drop();
            assertFalse(store.has(entries));
            other.rollback();
        }
        store.commit(entries);
        store.drop();

        assertRecorded(1);
    }

    /** The database was away for days. */
    @Test
    void tellsReadersOfWhatIsCommittedDaysLater() throws Exception {
        FeedPosition start = feed.now().await().atMost(PATIENCE);
        Instant past = Instant.now().minus(Duration.ofDays(3));
        List<Written> entries = List.of(entry(past, false, "tool", null), entry());
        write(database, entries.toArray(Written[]::new));
        ledger.awaitOlder();

        List<String> told = new ArrayList<>();
        feed.after(start, workspace, "info", 10).await().atMost(PATIENCE).entries()
                .forEach(entry -> told.add(entry.entry().path("id").asText()));

        assertEquals(entries.stream().map(entry -> entry.id().toString()).sorted().toList(), told.stream().sorted().toList());
    }
}
