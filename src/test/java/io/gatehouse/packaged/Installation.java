package io.gatehouse.packaged;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;

/** One replica on a database of its own, with an administrator's token; takes as many management requests as come. */
final class Installation implements AutoCloseable {

    static final Map<String, String> UNLIMITED = Map.of("GATEHOUSE_LIMITS_WORKATO_REQUESTS_PER_MINUTE", "0",
            "GATEHOUSE_LIMITS_CELIGO_BURST", "0");

    private final PostgresServer database;
    private final Replica replica;
    private final String token;
    private final Wire wire;

    Installation() throws Exception {
        database = new PostgresServer();
        Map<String, String> settings = Replica.settings(database);
        settings.putAll(UNLIMITED);
        replica = new Replica(settings).awaitListening();
        token = new Replica(Replica.settings(database), "admin-token").awaitEnd().lines()
                .filter(line -> line.startsWith("ey")).findFirst().orElseThrow();
        wire = new Wire(replica.url());
    }

    String url() {
        return replica.url();
    }

    String token() {
        return token;
    }

    Wire wire() {
        return wire;
    }

    /** A request of the administrator. */
    Request request(String method, String target) {
        return Request.of(method, target).header("Authorization", "Bearer " + token);
    }

    Answer get(String target) {
        return wire.send(request("GET", target));
    }

    Answer send(String method, String target, Object body) {
        return wire.send(request(method, target).json(body));
    }

    /** The content of a good answer. */
    JsonNode made(String method, String target, Object body) {
        Answer answer = send(method, target, body);
        if (answer.status() / 100 != 2) {
            throw new AssertionError(method + " " + target + ": " + answer.status() + " " + answer.text());
        }
        return answer.json();
    }

    @Override
    public void close() throws IOException {
        replica.close();
        database.close();
    }
}
