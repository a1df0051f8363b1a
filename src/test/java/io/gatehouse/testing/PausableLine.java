package io.gatehouse.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** Stands on loopback before a server; holds back what both sides say while it is paused, and can cut them off. */
public final class PausableLine implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final NetServer server;
    private final int target;
    private volatile boolean paused;

    public PausableLine(int target) throws Exception {
        this.target = target;
        this.server = vertx.createNetServer().connectHandler(this::join).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    public int port() {
        return server.actualPort();
    }

    private void join(NetSocket near) {
        near.pause();
        client.connect(target, "127.0.0.1").onFailure(failure -> near.close()).onSuccess(far -> {
            pass(near, far);
            pass(far, near);
            if (!paused) {
                near.resume();
            }
        });
    }

    private void pass(NetSocket from, NetSocket to) {
        sockets.add(from);
        from.handler(to::write).closeHandler(closed -> {
            sockets.remove(from);
            to.close();
        });
        if (paused) {
            from.pause();
        }
    }

    /** From now on nothing gets through, but nobody notices. */
    public void pause() {
        paused = true;
        sockets.forEach(NetSocket::pause);
    }

    /** What was held back gets through late. */
    public void resume() {
        paused = false;
        sockets.forEach(NetSocket::resume);
    }

    /** All connections break. */
    public void cut() {
        sockets.forEach(NetSocket::close);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
