package io.gatehouse.journal.activity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** Whoever follows the feed misses nothing and reads nothing twice, whoever commits when. */
@QuarkusTest
class FeedDbTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    @Inject
    Feed feed;
    @Inject
    AgroalDataSource database;
    @Inject
    OtherWorkspace others;
    @Inject
    Ledger ledger;

    private long workspace;

    @BeforeEach
    void begin() {
        workspace = others.create();
    }

    private String insert(Connection connection, Instant at, Status status) throws SQLException {
        return LoggedEntries.write(connection, workspace, -1, at, status, List.of("{}")).get(0);
    }

    private String insert(Connection connection) throws SQLException {
        return insert(connection, Instant.now(), Status.SUCCESS);
    }

    private Connection open() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private List<String> commit(int count) throws SQLException {
        try (Connection connection = open()) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add(insert(connection));
            }
            connection.commit();
            return ids;
        }
    }

    private FeedPosition now() {
        return feed.now().await().atMost(PATIENCE);
    }

    private FeedStretch after(FeedPosition position, int most) {
        return feed.after(position, workspace, "info", most).await().atMost(PATIENCE);
    }

    /** All there is by now; the position is that of the reader afterwards. */
    private FeedPosition read(FeedPosition from, int most, List<String> into) {
        FeedPosition position = from;
        FeedStretch stretch;
        do {
            stretch = after(position, most);
            stretch.entries().forEach(told -> into.add(told.entry().path("id").asText()));
            position = stretch.next();
        } while (!stretch.isLast());
        return position;
    }

    private List<String> read(FeedPosition from) {
        List<String> ids = new ArrayList<>();
        read(from, 1_000, ids);
        return ids;
    }

    @Test
    void waitsForAnOlderTransactionThatIsStillOpen() throws SQLException {
        FeedPosition start = now();
        List<String> found = new ArrayList<>();
        try (Connection slow = open()) {
            String early = insert(slow);
            List<String> late = commit(1);
            FeedPosition between = read(start, 10, found);
            assertEquals(List.of(), found);
            slow.commit();
            ledger.awaitOlder();

            read(between, 10, found);

            List<String> all = new ArrayList<>(List.of(early));
            all.addAll(late);
            assertEquals(all, found);
        }
    }

    @Test
    void beginsBeforeWhatIsNotCommittedYet() throws SQLException {
        Instant since = Instant.now();
        try (Connection slow = open()) {
            String early = insert(slow);
            List<String> late = commit(1);
            FeedPosition start = feed.since(since).await().atMost(PATIENCE);
            slow.commit();
            ledger.awaitOlder();

            assertEquals(List.of(early, late.get(0)), read(start));
        }
    }

    @Test
    void beginsNowWhereATimeIsStillToCome() throws SQLException {
        commit(1);
        ledger.awaitOlder();
        FeedPosition start = feed.since(Instant.parse("2999-01-01T00:00:00Z")).await().atMost(PATIENCE);
        List<String> ids = commit(1);
        ledger.awaitOlder();

        assertEquals(ids, read(start));
    }

    @Test
    void stopsWithinATransactionAndGoesOn() throws SQLException {
        FeedPosition start = now();
        List<String> ids = commit(7);
        ids.addAll(commit(7));
        ledger.awaitOlder();
        List<String> found = new ArrayList<>();

        FeedPosition end = read(start, 3, found);

        assertEquals(ids.size(), found.size());
        assertEquals(new HashSet<>(ids), new HashSet<>(found));
        assertEquals(List.of(), read(end));
    }

    @Test
    void getsPastATransactionOfManyStatements() throws SQLException {
        FeedPosition start = now();
        List<String> ids = commit(100);
        ids.addAll(commit(1));
        ledger.awaitOlder();

        assertEquals(new HashSet<>(ids), new HashSet<>(read(start)));
    }

    @Test
    void tellsAfterEachEntryHowFarThatIs() throws SQLException {
        FeedPosition start = now();
        List<String> ids = new ArrayList<>(commit(3).stream().sorted().toList());
        ledger.awaitOlder();

        FeedStretch stretch = after(start, 10);

        assertEquals(ids.subList(2, 3), read(stretch.entries().get(1).position()));
    }

    @Test
    void readsWhatWasMeantForOthersOfNobody() throws SQLException {
        FeedPosition start = now();
        long mine = workspace;
        List<String> ids = commit(1);
        workspace = others.create();
        List<String> theirs = commit(1);
        ledger.awaitOlder();

        assertEquals(theirs, read(start));
        workspace = mine;
        assertEquals(ids, read(start));
    }

    @Test
    void leavesOutWhatIsBelowTheLevel() throws SQLException {
        FeedPosition start = now();
        List<String> ids = new ArrayList<>();
        try (Connection connection = open()) {
            for (Status status : List.of(Status.SUCCESS, Status.TOOL_ERROR, Status.FAILED)) {
                ids.add(insert(connection, Instant.now(), status));
            }
            connection.commit();
        }
        ledger.awaitOlder();

        FeedStretch stretch = feed.after(start, workspace, "warning", 10).await().atMost(PATIENCE);

        assertEquals(new HashSet<>(ids.subList(1, 3)), new HashSet<>(
                stretch.entries().stream().map(told -> told.entry().path("id").asText()).toList()));
    }

    /** The deployment was off for days; nobody had ended the stream. */
    @Test
    void tellsOfWhatWasInterruptedLongAgo() throws SQLException {
        Instant past = Instant.now().minus(Duration.ofDays(3));
        ledger.count("select count(activity_make_partitions((now() - interval '4 days')::date, 4)::text)");
        String id;
        try (Connection connection = open()) {
            id = insert(connection, past, Status.OPEN);
            connection.commit();
        }
        FeedPosition start = now();

        ActivityStore store = new ActivityStore(database, Clock.systemUTC(), PATIENCE);
        store.interrupt(Instant.now().minus(Duration.ofDays(2)));
        store.drop();
        ledger.awaitOlder();

        assertEquals(List.of(id), read(start));
    }

    @Test
    void findsAllOfManyWhoCommitAtOnce() throws Exception {
        FeedPosition position = now();
        List<String> found = new ArrayList<>();
        List<CompletableFuture<List<String>>> writers = IntStream.range(0, 3)
                .mapToObj(writer -> CompletableFuture.supplyAsync(this::write)).toList();

        while (!writers.stream().allMatch(CompletableFuture::isDone)) {
            position = read(position, 7, found);
        }
        ledger.awaitOlder();
        read(position, 7, found);

        List<String> ids = writers.stream().flatMap(writer -> writer.join().stream()).toList();
        assertEquals(found.size(), new HashSet<>(found).size());
        assertEquals(new HashSet<>(ids), new HashSet<>(found));
        assertTrue(ids.size() >= 120);
    }

    private List<String> write() {
        try {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                ids.addAll(commit(1 + ThreadLocalRandom.current().nextInt(5)));
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
