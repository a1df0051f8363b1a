package io.gatehouse.packaged;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL server as a deployment has one: outside the application. */
public final class PostgresServer implements AutoCloseable {

    private final EmbeddedPostgres server;

    public PostgresServer() throws IOException {
        server = EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1")
                .setOverrideWorkingDirectory(Path.of("target/gatehouse/postgresql-binaries").toAbsolutePath().toFile())
                .start();
    }

    public String url() {
        return "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/postgres";
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

    @Override
    public void close() throws IOException {
        server.close();
    }
}
