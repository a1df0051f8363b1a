package io.gatehouse.packaged;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;

/** Stands on loopback before Gatehouse: notes every request, and can log in for those who know no tokens. */
final class Relay implements AutoCloseable {

    private final HttpServer server;
    private final Wire wire;
    private final String token;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** @param token null to leave the requests as they are */
    Relay(String baseUrl, String token) throws IOException {
        this.wire = new Wire(baseUrl);
        this.token = token;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Methods, paths and statuses so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String method = exchange.getRequestMethod();
            Request request = new Request(method, exchange.getRequestURI().toString(), Map.of(),
                    body.length == 0 ? null : body);
            String authorization = token == null
                    ? exchange.getRequestHeaders().getFirst("Authorization")
                    : "Bearer " + token;
            Answer answer = wire.send(authorization == null ? request : request.header("Authorization", authorization));
            requests.add(method + " " + exchange.getRequestURI().getPath() + " " + answer.status());
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
