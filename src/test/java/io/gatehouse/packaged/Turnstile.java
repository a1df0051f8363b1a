package io.gatehouse.packaged;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/** A back end that counts what gets through to it, for each of several MCP servers whose policy says how much that may be. */
final class Turnstile implements AutoCloseable {

    private static final long WORK_MILLIS = 2;
    private static final long LONGEST_SECONDS = 60;
    private static final String SERVERS = "/api/mcp/mcp_servers";

    private final Installation gatehouse;
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final String tool;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    /** Of one MCP server. */
    static final class Count {

        private final Map<Integer, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
        private final AtomicInteger all = new AtomicInteger();
        private final AtomicInteger present = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        int all() {
            return all.get();
        }

        /** Waits until there were so many. */
        void await(int number) {
            CompletableFuture<Void> reached = reached(number);
            if (all() < number) {
                reached.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
            }
        }

        /** What follows is done before any more come; for a number that is still to come. */
        CompletableFuture<Void> reached(int number) {
            return awaited.computeIfAbsent(number, fresh -> new CompletableFuture<>());
        }

        private void come() {
            int number = all.incrementAndGet();
            most.accumulateAndGet(present.incrementAndGet(), Math::max);
            if (awaited.containsKey(number)) {
                awaited.get(number).complete(null);
            }
        }

        /** That were there at the same time. */
        int most() {
            return most.get();
        }
    }

    Turnstile(Installation gatehouse) throws Exception {
        this.gatehouse = gatehouse;
        this.server = vertx.createHttpServer().requestHandler(this::pass).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().get(5, TimeUnit.SECONDS);
        JsonNode imported = gatehouse.made("POST", "/api/api_collections", Map.of("project_id", 1, "openapi_spec",
                Map.of("content", """
                        openapi: 3.0.0
                        info: {title: Turnstile, version: '1'}
                        servers: [{url: 'http://127.0.0.1:PORT'}]
                        paths:
                          /pass:
                            get:
                              operationId: pass
                              parameters: [{name: at, in: query, schema: {type: string}}]
                        """.replace("PORT", Integer.toString(server.actualPort())))));
        tool = imported.at("/import_report/tools/0/id").asText();
    }

    /** Makes a server under this policy; its URL, with its token. */
    String publish(String name, Map<String, ?> policy) {
        JsonNode made = gatehouse.made("POST", SERVERS, Map.of("name", name, "folder_id", 1));
        String path = SERVERS + "/" + made.path("handle").asText();
        gatehouse.made("POST", path + "/assign_tools", Map.of("tools",
                List.of(Map.of("trigger_application", "workato_api_platform", "id", tool))));
        gatehouse.made("PUT", path + "/server_policies", policy);
        return made.path("mcp_url").asText();
    }

    Count count(String name) {
        return counts.computeIfAbsent(name, fresh -> new Count());
    }

    /** What a call says to be counted. */
    static String at(String name) {
        return "{\"at\":\"" + name + "\"}";
    }

    private void pass(HttpServerRequest request) {
        Count count = count(request.getParam("at"));
        count.come();
        vertx.setTimer(WORK_MILLIS, id -> {
            count.present.decrementAndGet();
            request.response().putHeader("Content-Type", "application/json").end("{\"ok\":true}");
        });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
