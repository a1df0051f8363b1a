package io.gatehouse.packaged;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL server as a deployment has one: outside the application. */
public final class PostgresServer implements AutoCloseable {

    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private final EmbeddedPostgres server;

    /** One that forgets when the machine does. */
    public PostgresServer() throws IOException {
        this("off");
    }

    private PostgresServer(String durable) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        DURABLE.forEach(setting -> builder.setServerConfig(setting, durable));
        server = builder.setServerConfig("listen_addresses", "127.0.0.1")
                .setOverrideWorkingDirectory(Path.of("target/gatehouse/postgresql-binaries").toAbsolutePath().toFile())
                .start();
    }

    /** One whose commits reach the disk. */
    public static PostgresServer durable() throws IOException {
        return new PostgresServer("on");
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

    /** The one number that a query gives. */
    public long number(String query) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Does things as whoever may do everything. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The one column that a query gives. */
    List<String> texts(String query) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
