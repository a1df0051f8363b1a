package io.gatehouse.packaged;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;

/** One replica on a database of its own, with an administrator's token. */
public final class Installation implements AutoCloseable {

    public static final Map<String, String> UNLIMITED = Map.of("GATEHOUSE_LIMITS_WORKATO_REQUESTS_PER_MINUTE", "0",
            "GATEHOUSE_LIMITS_CELIGO_BURST", "0");

    private final PostgresServer database;
    private final Replica replica;
    private final String token;
    private final Wire wire;

    /** Takes as many management requests as come. */
    Installation() throws Exception {
        this(UNLIMITED);
    }

    /** @param changed what is set beside what every replica needs */
    public Installation(Map<String, String> changed) throws Exception {
        database = new PostgresServer();
        Map<String, String> settings = Replica.settings(database);
        settings.putAll(changed);
        replica = new Replica(settings).awaitListening();
        token = new Replica(Replica.settings(database), "admin-token").awaitEnd().lines()
                .filter(line -> line.startsWith("ey")).findFirst().orElseThrow();
        wire = new Wire(replica.url());
    }

    public String url() {
        return replica.url();
    }

    public ProcessHandle process() {
        return replica.process();
    }

    public String token() {
        return token;
    }

    public Wire wire() {
        return wire;
    }

    /** A request of the administrator. */
    public Request request(String method, String target) {
        return Request.of(method, target).header("Authorization", "Bearer " + token);
    }

    public Answer get(String target) {
        return wire.send(request("GET", target));
    }

    public Answer send(String method, String target, Object body) {
        return wire.send(request(method, target).json(body));
    }

    /** The content of a good answer. */
    public JsonNode made(String method, String target, Object body) {
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
