package io.gatehouse.journal.activity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.testing.Await;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;

/** Partitions come and go, and nobody waits for that. */
@QuarkusTest
class UpkeepDbTest {

    private static final long SERVER = -7;
    private static final String OLD = "(now() at time zone 'UTC')::date - 40";

    @Inject
    Upkeep upkeep;
    @Inject
    DataSource database;
    @Inject
    OtherWorkspace elsewhere;

    private long brief;
    private long usual;

    @BeforeEach
    void remember() {
        brief = elsewhere.create();
        usual = elsewhere.create();
        run("insert into activity_retention values (" + brief + ", 2)");
        run("select activity_make_partitions(" + OLD + ", 40)");
    }

    @AfterEach
    void forget() {
        run("delete from activity_chunk where server_id = " + SERVER);
        run("delete from activity_retention where workspace_id = " + brief);
    }

    private void entry(long workspace, Duration ago, Status status) {
        try (Connection connection = database.getConnection()) {
            LoggedEntries.write(connection, workspace, SERVER, Instant.now().minus(ago), status, List.of("{}"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> statuses() {
        try (Connection connection = database.getConnection()) {
            return LoggedEntries.read(connection, "chunk.server_id = ?", SERVER).stream()
                    .map(entry -> (String) entry.get("status")).sorted().toList();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void run(String sql) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private List<String> texts(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            TreeSet<String> texts = new TreeSet<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return List.copyOf(texts);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void keepUp() {
        try {
            VertxContextSupport.subscribeAndAwait(() -> Panache.withTransaction(() -> upkeep.work()));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Up to those that are made ahead: a test that moves its clock may have recorded something later. */
    private List<String> days() {
        return texts("select inhrelid::regclass::text from pg_inherits where inhparent = 'activity_chunk'::regclass "
                + "and right(inhrelid::regclass::text, 8) <= to_char((now() at time zone 'UTC')::date + 7, 'YYYYMMDD')");
    }

    @Test
    void dropsWholeDaysAndMakesThoseToCome() {
        entry(usual, Duration.ofDays(39), Status.SUCCESS);
        int before = days().size();
        for (int turn = 0; turn < 100 && days().size() > 8 + 30; turn++) {
            keepUp();
        }

        assertTrue(days().size() < before);
        assertEquals(8 + 30, days().size());
        assertEquals(List.of(), statuses());
    }

    @Test
    void dropsNoDayThatSomebodyReads() throws SQLException {
        int before = days().size();
        try (Connection reader = database.getConnection(); Statement reading = reader.createStatement()) {
            reader.setAutoCommit(false);
            reading.execute("select count(*) from activity_chunk");
            keepUp();
            assertEquals(before, days().size());
            reader.rollback();
        }
        Await.until(() -> {
            keepUp();
            return days().size() < before;
        }, () -> "There are still as many days");
    }

    @Test
    void endsWhatWasLeftOpen() {
        entry(usual, Duration.ofHours(3), Status.OPEN);
        entry(usual, Duration.ofMinutes(1), Status.OPEN);
        run("update activity_chunk set batch = 1 where server_id = " + SERVER);

        keepUp();

        assertEquals(List.of("interrupted", "open"), statuses());
        assertFalse(texts("select batch from activity_chunk where not is_open and server_id = " + SERVER).contains("1"));
    }

    @Test
    void dropsWhatAWorkspaceWantsToKeepForLessThanOthers() {
        entry(brief, Duration.ofDays(1), Status.SUCCESS);
        entry(brief, Duration.ofDays(3), Status.ERROR);
        entry(usual, Duration.ofDays(3), Status.TOOL_ERROR);

        keepUp();

        assertEquals(List.of("success", "tool_error"), statuses());
    }

    // P-21
    @Test
    void dropsItSoonAfterItWantsThat() {
        entry(usual, Duration.ofDays(3), Status.TOOL_ERROR);
        keepUp();
        assertEquals(List.of("tool_error"), statuses());

        run("insert into activity_retention values (" + usual + ", 2)");
        keepUp();

        assertEquals(List.of(), statuses());
        run("delete from activity_retention where workspace_id = " + usual);
    }
}
