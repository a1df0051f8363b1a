package io.gatehouse.platform.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server that outlived the JVM which started it, because that was killed. */
final class OrphanedServer {

    /** The library holds a lock on this file for as long as its JVM lives. */
    private static final String OWNER_LOCK = "epg-lock";
    private static final String PID_FILE = "postmaster.pid";
    private static final int PATIENCE_SECONDS = 20;

    private OrphanedServer() {
    }

    /**
     * Stops the server of this data folder, if there is one and its owner is gone.
     *
     * @throws IOException when its owner still lives, and says so
     */
    static void stop(Path data) throws IOException {
        if (!Files.exists(data.resolve(PID_FILE))) {
            return;
        }
        if (Files.exists(data.resolve(OWNER_LOCK)) && isOwned(data.resolve(OWNER_LOCK))) {
            throw new IOException("another Gatehouse uses this folder; give this one its own by "
                    + "-Dgatehouse.data.directory=FOLDER");
        }
        long id = Long.parseLong(Files.readAllLines(data.resolve(PID_FILE)).get(0).strip());
        Optional<ProcessHandle> server = ProcessHandle.of(id).filter(OrphanedServer::isPostgres);
        server.ifPresent(process -> {
            process.destroy();
            process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        });
    }

    private static boolean isOwned(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }

    /** Process ids are used again. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(command -> command.contains("postgres")).orElse(false);
    }
}
