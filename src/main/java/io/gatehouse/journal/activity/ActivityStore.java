package io.gatehouse.journal.activity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.jdbc.PgConnection;

import io.agroal.api.AgroalDataSource;

/**
 * Commits entries, on one connection that it keeps. It is JDBC's, for only that driver copies. Blocks; for one thread.
 */
final class ActivityStore implements AutoCloseable {

    /** Readers of the feed look for entries around the time of their commit, and have to be told of those that are older. */
    private static final Duration LATE = Duration.ofHours(1);
    private static final String NO_PARTITION = "23514";

    private final AgroalDataSource database;
    private final Clock clock;
    private final Duration patience;
    private Connection connection;
    private Session session;
    private Session lost;

    /** @param patience for each answer of the database */
    ActivityStore(AgroalDataSource database, Clock clock, Duration patience) {
        this.database = database;
        this.clock = clock;
        this.patience = patience;
    }

    /** A process of the database that serves a connection. */
    private record Session(int process, OffsetDateTime since) {
    }

    /** Whether a commit of these whose answer was lost took place. */
    boolean has(List<Written> entries) throws SQLException {
        List<Chunk> chunks = Chunk.of(lasting(entries));
        Chunk last = chunks.get(chunks.size() - 1);
        try (PreparedStatement select = connection()
                .prepareStatement("select 1 from activity_chunk where server_id = ? and at = ? and last_id = ?")) {
            Replaced.identify(select, last.first().serverId(), last.at(), last.last());
            try (ResultSet answer = select.executeQuery()) {
                return answer.next();
            }
        }
    }

    /** What another one of them replaces is left out. */
    void commit(List<Written> entries) throws SQLException {
        Connection open = connection();
        List<Written> replaced = entries.stream().filter(Written::replaces).toList();
        Instant oldest = entries.stream().map(Written::at).min(Comparator.naturalOrder()).orElseThrow();
        boolean isLate = oldest.isBefore(clock.instant().minus(LATE));
        open.setAutoCommit(replaced.isEmpty() && !isLate);
        for (Written entry : replaced) {
            Replaced.forget(open, entry);
        }
        try {
            copy(open, Chunk.of(lasting(entries)));
        } catch (SQLException e) {
            if (NO_PARTITION.equals(e.getSQLState())) {
                makeDays(open, entries);
            }
            throw e;
        }
        if (isLate) {
            tellOf(open, oldest);
        }
        if (!open.getAutoCommit()) {
            open.commit();
        }
    }

    /** Ends what was left open before this time: whoever streamed it is gone. */
    void interrupt(Instant before) throws SQLException {
        List<Written> ended = new ArrayList<>();
        try (PreparedStatement select = connection()
                .prepareStatement("select workspace_id, server_id, data from activity_chunk where is_open and at < ?")) {
            select.setObject(1, before.atOffset(ZoneOffset.UTC));
            try (ResultSet open = select.executeQuery()) {
                while (open.next()) {
                    Chunk.read(open.getBytes(3), open.getLong(1), open.getLong(2), facets -> true)
                            .forEach(entry -> ended.add(entry.ended(Status.INTERRUPTED)));
                }
            }
        }
        if (!ended.isEmpty()) {
            commit(ended);
        }
    }

    private static List<Written> lasting(List<Written> entries) {
        Set<EntryId> ended = entries.stream().filter(Written::replaces).map(Written::id).collect(Collectors.toSet());
        return entries.stream().filter(entry -> entry.replaces() || !ended.contains(entry.id())).toList();
    }

    static void copy(Connection open, List<Chunk> chunks) throws SQLException {
        byte[] rows = ChunkCopy.of(chunks);
        CopyIn in = open.unwrap(PGConnection.class).getCopyAPI().copyIn(ChunkCopy.COMMAND);
        try {
            in.writeToCopy(rows, 0, rows.length);
            in.endCopy();
        } finally {
            if (in.isActive()) {
                in.cancelCopy();
            }
        }
    }

    /** For the next attempt. */
    private static void makeDays(Connection open, List<Written> entries) throws SQLException {
        if (!open.getAutoCommit()) {
            open.rollback();
            open.setAutoCommit(true);
        }
        Set<LocalDate> days = entries.stream().map(entry -> LocalDate.ofInstant(entry.at(), ZoneOffset.UTC))
                .collect(Collectors.toSet());
        try (PreparedStatement make = open.prepareStatement("select activity_make_partitions(day, 0) from (values "
                + "(cast(? as date)), ((now() at time zone 'UTC')::date)) days (day)")) {
            for (LocalDate day : days) {
                make.setObject(1, day);
                make.execute();
            }
        }
    }

    private static void tellOf(Connection open, Instant oldest) throws SQLException {
        try (PreparedStatement note = open.prepareStatement("insert into activity_batch (oldest) values (?)")) {
            note.setObject(1, oldest.atOffset(ZoneOffset.UTC));
            note.executeUpdate();
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = database.getConnection();
            connection.setNetworkTimeout(Runnable::run, (int) patience.toMillis());
            connection.setAutoCommit(true);
            end(lost);
            lost = null;
            session = session();
        }
        return connection;
    }

    private Session session() throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(
                        "select pid, backend_start from pg_stat_activity where pid = pg_backend_pid()")) {
            row.next();
            return new Session(row.getInt(1), row.getObject(2, OffsetDateTime.class));
        }
    }

    /**
     * Whoever has not answered in time may be about to commit. After this, that is certain one way or the other. Who ends by
     * itself meanwhile is not ended by this, and is gone when looked for again.
     */
    private void end(Session other) throws SQLException {
        if (other != null && !isEnded(other) && !isEnded(other)) {
            throw new SQLException("An earlier commit has not ended yet");
        }
    }

    private boolean isEnded(Session other) throws SQLException {
        try (PreparedStatement end = connection.prepareStatement(
                "select pg_terminate_backend(pid, ?) from pg_stat_activity where pid = ? and backend_start = ?")) {
            end.setLong(1, patience.dividedBy(2).toMillis());
            end.setInt(2, other.process());
            end.setObject(3, other.since());
            try (ResultSet ended = end.executeQuery()) {
                return !ended.next() || ended.getBoolean(1);
            }
        }
    }

    /** Gives its connection back as it was, unless that is broken. */
    @Override
    public void close() {
        if (connection == null) {
            return;
        }
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.setNetworkTimeout(Runnable::run, 0);
            connection.close();
            connection = null;
            session = null;
        } catch (SQLException e) {
            drop();
        }
    }

    /** The next use begins with another connection. The pool takes back what was aborted, unless it was asked to do that. */
    void drop() {
        Connection broken = connection;
        connection = null;
        lost = session == null ? lost : session;
        session = null;
        if (broken != null) {
            try {
                broken.unwrap(PgConnection.class).abort(Runnable::run);
                broken.close();
            } catch (SQLException e) {
                // it is given up anyway
            }
        }
    }
}
