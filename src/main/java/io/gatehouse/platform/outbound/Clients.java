package io.gatehouse.platform.outbound;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

import io.vertx.core.http.HttpClient;

/**
 * A client of HTTP for each event loop. One for all would take whichever of its connections was used last, and most
 * requests would go to another thread and back.
 */
final class Clients {

    private final Queue<HttpClient> all = new ConcurrentLinkedQueue<>();
    private final Supplier<HttpClient> newClient;
    private final ThreadLocal<HttpClient> ofTheLoop = ThreadLocal.withInitial(this::make);

    Clients(Supplier<HttpClient> newClient) {
        this.newClient = newClient;
    }

    private HttpClient make() {
        HttpClient client = newClient.get();
        all.add(client);
        return client;
    }

    /** The client of this thread's event loop. */
    HttpClient here() {
        return ofTheLoop.get();
    }

    void close() {
        all.forEach(HttpClient::close);
    }
}
