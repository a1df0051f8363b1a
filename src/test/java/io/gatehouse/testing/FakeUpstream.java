package io.gatehouse.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.BoundedNumbers;
import io.gatehouse.plan.Upstream.Era;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * A third-party MCP server on loopback, in one era or both, that records what it is asked. Its tools can change at any
 * time; so can its answers, method by method or altogether.
 */
public final class FakeUpstream implements AutoCloseable {

    private static final JsonMapper JSON = BoundedNumbers.strictMapper();
    /** Writes halves of surrogate pairs so that they arrive. */
    private static final JsonMapper ASCII = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String MODERN = "2026-07-28";
    private static final String SESSION = "Mcp-Session-Id";
    private static final long LONGEST_WAIT_SECONDS = 60;
    private static final int MODERN_ONLY = -32022;

    /** One request as it arrived; the body is missing where there was none. */
    public record Request(String method, String uri, MultiMap headers, JsonNode body, String text) {

        /** The method of MCP, or else of HTTP. */
        String name() {
            return body.path("method").asText(method);
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private volatile Era era;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> givenUp = new LinkedBlockingQueue<>();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private volatile List<ObjectNode> tools = List.of();
    private final Map<String, Function<JsonNode, ObjectNode>> results = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<JsonNode, HttpServerResponse>> raw = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> capabilities = new ConcurrentHashMap<>();
    private volatile int pageSize = Integer.MAX_VALUE;
    private volatile Map.Entry<String, String> credential;
    private volatile Consumer<HttpServerResponse> instead;

    public FakeUpstream(Era era) {
        this.era = era;
        result("ping", params -> NODES.objectNode());
        result("tools/list", this::page);
        result("tools/call", params -> text("called " + params.path("name").asText() + " with "
                + params.path("arguments")));
        try {
            server = vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1").toCompletionStage()
                    .toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The upstream did not start", e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/mcp";
    }

    /** The tools from now on, each a JSON object in which apostrophes stand for quotation marks. */
    public FakeUpstream tools(String... definitions) {
        tools = List.of(definitions).stream().map(text -> (ObjectNode) json(text.replace('\'', '"'))).toList();
        return this;
    }

    /** A definition that takes one text. */
    public static String tool(String name, String description) {
        return "{'name':'" + name + "','description':'" + description
                + "','inputSchema':{'type':'object','properties':{'text':{'type':'string'}}}}";
    }

    public FakeUpstream pagesOf(int size) {
        pageSize = size;
        return this;
    }

    /** Speaks another era from now on, as after a release. */
    public FakeUpstream speaks(Era other) {
        era = other;
        return this;
    }

    /** Refuses with 401 whoever does not send this header. */
    public FakeUpstream wants(String header, String value) {
        credential = Map.entry(header, value);
        return this;
    }

    /** Answers a method with this result from now on. */
    public FakeUpstream result(String method, Function<JsonNode, ObjectNode> result) {
        results.put(method, result);
        return this;
    }

    /** Answers everything like this; null for like an MCP server. */
    public FakeUpstream instead(Consumer<HttpServerResponse> answer) {
        instead = answer;
        return this;
    }

    /**
     * Answers a method by hand from now on.
     *
     * @param method of MCP, or GET or DELETE
     * @param answer gets the message; null for like an MCP server
     */
    public FakeUpstream raw(String method, BiConsumer<JsonNode, HttpServerResponse> answer) {
        if (answer == null) {
            raw.remove(method);
        } else {
            raw.put(method, answer);
        }
        return this;
    }

    /** The requests for this method that were not taken yet. */
    public List<Request> asked(String method) {
        return requests.stream().filter(request -> request.name().equals(method)).toList();
    }

    /** The next request for this method of MCP or of HTTP; others are forgotten. */
    public Request await(String method) {
        return await(requests, request -> request.name().equals(method), method);
    }

    /** Waits until a request for this method was closed before its answer was whole. */
    public void awaitGivenUp(String method) {
        await(givenUp, method::equals, method + " given up");
    }

    private static <T> T await(BlockingQueue<T> queue, Predicate<T> wanted, String what) {
        try {
            T next = queue.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            while (next != null && !wanted.test(next)) {
                next = queue.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            }
            if (next == null) {
                throw new AssertionError("Did not come: " + what);
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Adds a capability, as JSON in apostrophes. */
    public FakeUpstream offers(String capability, String json) {
        capabilities.put(capability, json(json.replace('\'', '"')));
        return this;
    }

    public static Consumer<HttpServerResponse> status(int status) {
        return response -> response.setStatusCode(status).end();
    }

    /** The oldest request that was not taken yet, or null. */
    public Request take() {
        return requests.poll();
    }

    /** Forgets the requests until now. */
    public FakeUpstream forget() {
        requests.clear();
        return this;
    }

    /** As after a restart. */
    public void forgetSessions() {
        sessions.clear();
    }

    /** How many sessions were begun and not ended. */
    public int openSessions() {
        return sessions.size();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static ObjectNode text(String text) {
        ObjectNode result = NODES.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result;
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            JsonNode message = body.length() == 0 ? NODES.missingNode() : json(body.toString());
            Request arrived = new Request(request.method().name(), request.uri(), request.headers(), message,
                    body.toString());
            if (arrived.name().equals("DELETE") && request.getHeader(SESSION) != null) {
                sessions.remove(request.getHeader(SESSION));
            }
            requests.add(arrived);
            HttpServerResponse response = request.response();
            response.closeHandler(closed -> {
                if (!response.ended()) {
                    givenUp.add(arrived.name());
                }
            });
            if (raw.containsKey(arrived.name())) {
                raw.get(arrived.name()).accept(message, response);
            } else if (instead != null) {
                instead.accept(response);
            } else if (credential != null && !credential.getValue().equals(request.getHeader(credential.getKey()))) {
                response.setStatusCode(401).putHeader("WWW-Authenticate", "Bearer").end();
            } else if (message.at("/params/_meta/io.modelcontextprotocol~1protocolVersion").isTextual()) {
                modern(message, response);
            } else {
                legacy(request, message, response);
            }
        });
    }

    private void modern(JsonNode message, HttpServerResponse response) {
        String method = message.path("method").asText();
        if (!era.isModern()) {
            error(response, 400, message, -32000, "Bad Request: Server not initialized");
        } else if (!message.has("id")) {
            response.setStatusCode(202).end();
        } else {
            ObjectNode result = method.equals("server/discover") ? card() : result(method, message);
            if (result == null) {
                error(response, 404, message, -32601, "Method not found");
                return;
            }
            result.put("resultType", "complete");
            result.withObject("/_meta").set("io.modelcontextprotocol/serverInfo", info());
            if (method.endsWith("/list") || method.equals("server/discover")) {
                result.put("ttlMs", 0).put("cacheScope", "private");
            }
            answer(response, 200, response(message).set("result", result));
        }
    }

    private void legacy(HttpServerRequest request, JsonNode message, HttpServerResponse response) {
        String session = request.getHeader(SESSION);
        String method = message.path("method").asText();
        if (!era.isLegacy()) {
            error(response, 400, message, MODERN_ONLY, "Unsupported protocol version");
        } else if (method.equals("initialize")) {
            String id = UUID.randomUUID().toString();
            sessions.add(id);
            ObjectNode result = card().put("protocolVersion", "2025-11-25");
            result.remove("supportedVersions");
            result.set("serverInfo", info());
            response.putHeader(SESSION, id);
            answer(response, 200, response(message).set("result", result));
        } else if (session != null && request.method().name().equals("DELETE")) {
            response.end();
        } else if (session == null || !sessions.contains(session)) {
            error(response, session == null ? 400 : 404, message, -32000, "Bad Request: No valid session");
        } else if (!request.method().name().equals("POST")) {
            response.setStatusCode(405).end();
        } else if (!message.has("id") || !message.has("method")) {
            response.setStatusCode(202).end();
        } else {
            ObjectNode result = result(method, message);
            if (result == null) {
                error(response, 200, message, -32601, "Method not found");
            } else {
                answer(response, 200, response(message).set("result", result));
            }
        }
    }

    private ObjectNode result(String method, JsonNode message) {
        Function<JsonNode, ObjectNode> result = results.get(method);
        return result == null ? null : result.apply(message.path("params"));
    }

    private ObjectNode card() {
        ObjectNode card = NODES.objectNode().put("instructions", "Say what you want.");
        card.putArray("supportedVersions").add(MODERN);
        ObjectNode offered = card.putObject("capabilities");
        offered.putObject("tools");
        capabilities.forEach(offered::set);
        return card;
    }

    private static ObjectNode info() {
        return NODES.objectNode().put("name", "fake-upstream").put("version", "1.2.3");
    }

    private ObjectNode page(JsonNode params) {
        int from = params.path("cursor").asInt(0);
        List<ObjectNode> all = tools;
        int to = (int) Math.min(all.size(), (long) from + pageSize);
        ObjectNode result = NODES.objectNode();
        result.putArray("tools").addAll(all.subList(from, to).stream().map(ObjectNode::deepCopy).toList());
        if (to < all.size()) {
            result.put("nextCursor", Integer.toString(to));
        }
        return result;
    }

    private static ObjectNode response(JsonNode message) {
        ObjectNode response = NODES.objectNode().put("jsonrpc", "2.0");
        response.set("id", message.path("id"));
        return response;
    }

    private static void error(HttpServerResponse response, int status, JsonNode message, int code, String text) {
        ObjectNode body = NODES.objectNode().put("jsonrpc", "2.0");
        body.set("id", message.has("id") ? message.get("id") : NODES.nullNode());
        body.putObject("error").put("code", code).put("message", text);
        answer(response, status, body);
    }

    private static void answer(HttpServerResponse response, int status, JsonNode body) {
        try {
            response.setStatusCode(status).putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(ASCII.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nobody reaches it any more when this is over. */
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
