package io.gatehouse.platform.limits;

import java.util.function.Consumer;
import java.util.function.Supplier;

import io.vertx.core.Future;

/** One connection, made when somebody needs it, and anew after it broke. */
final class Line<C> {

    private final Supplier<Future<C>> connect;
    private final Consumer<C> close;
    private Future<C> connection;

    Line(Supplier<Future<C>> connect, Consumer<C> close) {
        this.connect = connect;
        this.close = close;
    }

    synchronized Future<C> connection() {
        if (connection == null || connection.failed()) {
            connection = connect.get();
        }
        return connection;
    }

    /** To be told by the connection itself. */
    synchronized void broke(C broken) {
        if (connection != null && connection.result() == broken) {
            connection = null;
        }
    }

    synchronized void drop() {
        if (connection != null) {
            connection.onSuccess(close::accept);
            connection = null;
        }
    }
}
