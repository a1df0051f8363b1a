package io.gatehouse.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The data of a deployment that was founded, and its administrator's token: made by the application's own command, once for
 * each build of it, and copied by each test. Who reads it first makes it, other processes wait.
 */
final class FoundedDatabase {

    private static final Path FOLDER = Path.of("target/founded").toAbsolutePath();
    private static final Path DATA = FOLDER.resolve("data");
    private static final Path TOKEN = FOLDER.resolve("token");

    private FoundedDatabase() {
    }

    /** A copy of the data, which belongs to the caller. */
    static Path copy() throws IOException {
        makeOnce();
        Path copy = Files.createTempDirectory(Files.createDirectories(Path.of("target/gatehouse").toAbsolutePath()), "data-");
        try (Stream<Path> tree = Files.walk(DATA)) {
            for (Path from : tree.skip(1).toList()) {
                Files.copy(from, copy.resolve(DATA.relativize(from)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    /** It opens every copy. */
    static String token() throws IOException {
        makeOnce();
        return Files.readString(TOKEN);
    }

    /** Deletes a folder and all that is in it. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static synchronized void makeOnce() throws IOException {
        Files.createDirectories(FOLDER);
        try (FileChannel file = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (lock.isValid() && Replica.isOlderThanTheApplication(TOKEN)) {
                make();
            }
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static void make() throws IOException, InterruptedException {
        delete(DATA);
        String token;
        try (PostgresServer server = PostgresServer.keeping(DATA)) {
            token = Replica.administrator(Replica.learning("admin-token", Replica.settings(server)));
        }
        Files.writeString(TOKEN, token);
    }
}
