package io.gatehouse.journal.activity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeSet;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
        run("delete from activity_entry where server_id = " + SERVER);
        run("delete from activity_retention where workspace_id = " + brief);
    }

    private void entry(long workspace, String ago, String status) {
        run("""
                insert into activity_entry (id, at, workspace_id, server_id, type, level, status, method, http_status, duration, era,
                    replica, request_bytes, response_bytes, input_cut, output_cut)
                values (gen_random_uuid(), now() - interval '%s', %d, %d, 'tool_call', 'info', '%s', 'tools/call', 200, 1,
                    'legacy', 'test', 1, 1, false, false)"""
                .formatted(ago, workspace, SERVER, status));
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
        return texts("select inhrelid::regclass::text from pg_inherits where inhparent = 'activity_entry'::regclass "
                + "and right(inhrelid::regclass::text, 8) <= to_char((now() at time zone 'UTC')::date + 7, 'YYYYMMDD')");
    }

    @Test
    void dropsWholeDaysAndMakesThoseToCome() {
        entry(usual, "39 days", "success");
        int before = days().size();
        for (int turn = 0; turn < 100 && days().size() > 8 + 30; turn++) {
            keepUp();
        }

        assertTrue(days().size() < before);
        assertEquals(8 + 30, days().size());
        assertEquals(List.of(), texts("select id from activity_entry where server_id = " + SERVER));
    }

    @Test
    void dropsNoDayThatSomebodyReads() throws SQLException {
        int before = days().size();
        try (Connection reader = database.getConnection(); Statement reading = reader.createStatement()) {
            reader.setAutoCommit(false);
            reading.execute("select count(*) from activity_entry");
            keepUp();
            assertEquals(before, days().size());
            reader.rollback();
        }
        keepUp();
        assertTrue(days().size() < before);
    }

    @Test
    void endsWhatWasLeftOpen() {
        entry(usual, "3 hours", "open");
        entry(usual, "1 minute", "open");
        run("update activity_entry set batch = 1 where server_id = " + SERVER);

        keepUp();

        assertEquals(List.of("interrupted", "open"), texts("select status from activity_entry where server_id = " + SERVER));
        assertFalse(texts("select batch from activity_entry where status = 'interrupted' and server_id = " + SERVER)
                .contains("1"));
    }

    @Test
    void dropsWhatAWorkspaceWantsToKeepForLessThanOthers() {
        entry(brief, "1 day", "success");
        entry(brief, "3 days", "error");
        entry(usual, "3 days", "tool_error");

        keepUp();

        assertEquals(List.of("success", "tool_error"), texts("select status from activity_entry where server_id = " + SERVER));
    }

    // P-21
    @Test
    void dropsItSoonAfterItWantsThat() {
        entry(usual, "3 days", "tool_error");
        keepUp();
        assertEquals(List.of("tool_error"), texts("select status from activity_entry where server_id = " + SERVER));

        run("insert into activity_retention values (" + usual + ", 2)");
        keepUp();

        assertEquals(List.of(), texts("select status from activity_entry where server_id = " + SERVER));
        run("delete from activity_retention where workspace_id = " + usual);
    }
}
