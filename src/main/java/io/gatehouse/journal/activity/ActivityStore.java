package io.gatehouse.journal.activity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import io.agroal.api.AgroalDataSource;

/**
 * Commits entries, on one connection that it keeps. It is JDBC's, for only that driver copies. Blocks; for one thread.
 */
final class ActivityStore {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private final AgroalDataSource database;
    private Connection connection;

    ActivityStore(AgroalDataSource database) {
        this.database = database;
    }

    /** Whether a commit whose answer was lost took place. */
    boolean has(Written entry) throws SQLException {
        try (PreparedStatement select = connection().prepareStatement(
                "select 1 from activity_entry where server_id = ? and at = ? and id = ? and status = ?")) {
            identify(select, entry);
            select.setString(4, entry.status());
            try (ResultSet answer = select.executeQuery()) {
                return answer.next();
            }
        }
    }

    void commit(List<Written> entries) throws SQLException {
        Connection open = connection();
        List<Written> replaced = entries.stream().filter(Written::replaces).toList();
        open.setAutoCommit(replaced.isEmpty());
        for (Written entry : replaced) {
            forget(open, entry);
        }
        copy(open.unwrap(PGConnection.class), CopyRows.whole(entries.stream().map(Written::row).toList()));
        if (!open.getAutoCommit()) {
            open.commit();
        }
    }

    private static void copy(PGConnection open, byte[] rows) throws SQLException {
        CopyIn in = open.getCopyAPI().copyIn(CopyRows.COMMAND);
        try {
            in.writeToCopy(rows, 0, rows.length);
            in.endCopy();
        } finally {
            if (in.isActive()) {
                in.cancelCopy();
            }
        }
    }

    private static void forget(Connection open, Written entry) throws SQLException {
        try (PreparedStatement delete = open.prepareStatement(
                "delete from activity_entry where server_id = ? and at = ? and id = ?")) {
            identify(delete, entry);
            delete.executeUpdate();
        }
    }

    private static void identify(PreparedStatement statement, Written entry) throws SQLException {
        statement.setLong(1, entry.serverId());
        statement.setObject(2, entry.at().atOffset(ZoneOffset.UTC));
        statement.setObject(3, entry.id().toUuid());
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            Connection opened = database.getConnection();
            opened.setNetworkTimeout(Runnable::run, (int) LONGEST_ANSWER.toMillis());
            connection = opened;
        }
        return connection;
    }

    /** The next use begins with another connection. */
    void drop() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.abort(Runnable::run);
                broken.close();
            } catch (SQLException e) {
                // it is given up anyway
            }
        }
    }
}
