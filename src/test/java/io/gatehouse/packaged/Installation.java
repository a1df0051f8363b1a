package io.gatehouse.packaged;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;

/** One replica on a database of its own, with an administrator's token. */
public final class Installation implements AutoCloseable {

    public static final Map<String, String> UNLIMITED = Map.of("GATEHOUSE_LIMITS_WORKATO_REQUESTS_PER_MINUTE", "0",
            "GATEHOUSE_LIMITS_CELIGO_BURST", "0");

    private final PostgresServer database;
    private final Map<String, String> settings;
    private final Replica replica;
    private final String token;
    private final Wire wire;

    /** Takes as many management requests as come. */
    Installation() throws Exception {
        this(UNLIMITED);
    }

    /** @param changed what is set beside what every replica needs */
    public Installation(Map<String, String> changed) throws Exception {
        this(new PostgresServer(), changed);
    }

    /** @param database of a deployment that was founded; closed with it */
    public Installation(PostgresServer database, Map<String, String> changed) throws Exception {
        this.database = database;
        settings = Replica.settings(database);
        settings.putAll(changed);
        replica = new Replica(settings).awaitListening();
        token = FoundedDatabase.token();
        wire = new Wire(replica.url());
    }

    /** One whose public URL is where it listens, under the name {@code localhost}; takes as many requests as come. */
    static Installation onLocalhost() throws Exception {
        return onLocalhost(freePort());
    }

    static Installation onLocalhost(String port) throws Exception {
        return onLocalhost(port, Map.of());
    }

    /** @param changed what is set beside */
    static Installation onLocalhost(String port, Map<String, String> changed) throws Exception {
        // With only one of the ports given, Quarkus would wait for ever
        Map<String, String> settings = new HashMap<>(Map.of("QUARKUS_HTTP_PORT", port, "QUARKUS_MANAGEMENT_PORT",
                freePort(), "GATEHOUSE_PUBLIC_URL", "http://localhost:" + port));
        settings.putAll(UNLIMITED);
        settings.putAll(changed);
        return new Installation(settings);
    }

    /** Below those that the system gives to connections, one of which could take it before somebody listens. */
    static String freePort() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return Integer.toString(free.getLocalPort());
            } catch (BindException e) {
                // Another one, then
            }
        }
        throw new IOException("No port is free");
    }

    /** One more replica of the same settings, on other ports, to be closed first. */
    public Replica another(Map<String, String> changed) throws IOException {
        Map<String, String> own = new HashMap<>(settings);
        own.putAll(changed);
        own.keySet().removeAll(List.of("QUARKUS_HTTP_PORT", "QUARKUS_MANAGEMENT_PORT"));
        return new Replica(own).awaitListening();
    }

    /** What a command of the application prints. */
    public String command(Map<String, String> changed, String name) throws Exception {
        Map<String, String> own = new HashMap<>(settings);
        own.putAll(changed);
        return new Replica(own, name).awaitEnd();
    }

    /** Makes a proxy server; its URL, with its token. */
    public String proxy(String upstream) {
        int folder = get("/api/folders").json().at("/items/0/id").asInt();
        return made("POST", "/api/mcp/mcp_servers", Map.of("name", "Proxy", "folder_id", folder, "server_type", "proxy",
                "remote", Map.of("url", upstream))).get("mcp_url").asText();
    }

    PostgresServer database() {
        return database;
    }

    int port() {
        return replica.port();
    }

    public String url() {
        return replica.url();
    }

    String managementUrl() {
        return replica.managementUrl();
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
