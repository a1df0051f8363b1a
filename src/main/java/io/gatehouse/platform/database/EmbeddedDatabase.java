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

    /** @param keep whether the data outlives the JVM, and then survives a crash of the machine too */
    static synchronized String url(Path directory, boolean keep) {
        String running = System.getProperty(RUNNING);
        if (running == null) {
            running = start(directory.toAbsolutePath(), keep);
            System.setProperty(RUNNING, running);
        }
        return running;
    }

    private static String start(Path directory, boolean keep) {
        try {
            Files.createDirectories(directory);
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            EmbeddedPostgres.Builder server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory.resolve("postgresql-binaries").toFile())
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "");
            if (keep) {
                Path data = directory.resolve("postgresql-" + MAJOR_VERSION);
                OrphanedServer.stop(data);
                server.setDataDirectory(data).setCleanDataDirectory(false)
                        .setServerConfig("fsync", "on").setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on");
            }
            return "postgresql://postgres:postgres@127.0.0.1:" + server.start().getPort() + "/postgres";
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL in " + directory + " did not start: " + e.getMessage(), e);
        }
    }
}
