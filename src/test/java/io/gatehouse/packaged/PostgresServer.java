package io.gatehouse.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.gatehouse.journal.activity.LoggedEntries;
import io.gatehouse.testing.Await;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL server as a deployment has one: outside the application. */
public final class PostgresServer implements AutoCloseable {

    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private final EmbeddedPostgres server;
    /** Nobody else's, so that it goes with the server; null where that is seen to. */
    private final Path copy;

    /** One of a deployment that was founded before, which forgets when the machine does. */
    public PostgresServer() throws IOException {
        this(FoundedDatabase.copy(), true, "off");
    }

    /** @param data where its data is, or will be; null for a folder of its own */
    private PostgresServer(Path data, boolean isCopy, String durable) throws IOException {
        this.copy = isCopy ? data : null;
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        DURABLE.forEach(setting -> builder.setServerConfig(setting, durable));
        if (data != null) {
            builder.setDataDirectory(data).setCleanDataDirectory(false);
        }
        server = builder.setServerConfig("listen_addresses", "127.0.0.1")
                .setOverrideWorkingDirectory(Path.of("target/gatehouse/postgresql-binaries").toAbsolutePath().toFile())
                .start();
    }

    /** One with nothing in it. */
    public static PostgresServer empty() throws IOException {
        return new PostgresServer(null, false, "off");
    }

    /** One of a deployment that was founded before, whose commits reach the disk. */
    public static PostgresServer durable() throws IOException {
        return new PostgresServer(FoundedDatabase.copy(), true, "on");
    }

    /** One whose data stays where it is. */
    static PostgresServer keeping(Path data) throws IOException {
        return new PostgresServer(data, false, "off");
    }

    public String url() {
        return url(server.getPort());
    }

    /** The same through a line to it. */
    static String url(int port) {
        return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    }

    int port() {
        return server.getPort();
    }

    /** Of whoever may do everything. */
    public Connection connection() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    /** The one number that a query gives. */
    public long number(String query) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Does things as whoever may do everything. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The one column that a query gives. */
    List<String> texts(String query) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        }
    }

    /** What is in the activity log, where this is so of its chunks or their servers. */
    List<Map<String, Object>> logged(String where) throws SQLException {
        try (Connection connection = connection()) {
            return LoggedEntries.read(connection, where);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (copy != null) {
            awaitEnd();
            FoundedDatabase.delete(copy);
        }
    }

    /** A busy machine takes longer than the library waits. */
    private void awaitEnd() throws IOException {
        try {
            Await.until(() -> !Files.exists(copy.resolve("postmaster.pid")), () -> "PostgreSQL does not end");
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
