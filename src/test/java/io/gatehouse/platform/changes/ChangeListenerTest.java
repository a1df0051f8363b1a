package io.gatehouse.platform.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.vertx.core.Vertx;

/** A database that is away when the replica starts. */
class ChangeListenerTest {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void triesAgainWhereTheFirstConnectionFails() throws IOException {
        try (ServerSocket database = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            database.setSoTimeout(PATIENCE_MILLIS);
            Replica replica = new Replica();
            new ChangeListener(vertx, new Changes(replica, new Barrier(null, replica)), replica,
                    "postgresql://127.0.0.1:" + database.getLocalPort() + "/gatehouse", "nobody", "").start(null);

            for (int attempt = 0; attempt < 3; attempt++) {
                database.accept().close();
            }
            assertEquals(false, replica.isCurrent());
        }
    }
}
