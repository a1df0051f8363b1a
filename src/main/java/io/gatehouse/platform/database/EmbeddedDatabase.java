package io.gatehouse.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * PostgreSQL for development and tests, with its data in a private local folder. It outlives live reloads (the URL is
 * kept in a system property of the JVM) and ends with the JVM. No package contains it.
 */
final class EmbeddedDatabase {

    private static final String RUNNING = "gatehouse.embedded-database.url";

    /** Part of the folder's name, because a server can't open the data of another major version. */
    private static final String MAJOR_VERSION = "18";

    private EmbeddedDatabase() {
    }

    static synchronized String url(String dataDirectory) {
        String running = System.getProperty(RUNNING);
        if (running == null) {
            running = start(Path.of(dataDirectory).toAbsolutePath());
            System.setProperty(RUNNING, running);
        }
        return running;
    }

    private static String start(Path directory) {
        try {
            Files.createDirectories(directory);
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("postgresql-" + MAJOR_VERSION))
                    .setOverrideWorkingDirectory(directory.resolve("postgresql-binaries").toFile())
                    .setCleanDataDirectory(false)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            return "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/postgres";
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL in " + directory + " did not start", e);
        }
    }
}
