package io.gatehouse.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A client of one MCP server that speaks either era, down to the headers, and reads streams. */
public final class Agent {

    public static final String MODERN = "2026-07-28";
    public static final String LEGACY = "2025-11-25";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final String url;
    private final String token;

    public Agent(HttpClient.Version version, String url, String token) {
        this.client = HttpClient.newBuilder().version(version).build();
        this.url = url;
        this.token = token;
    }

    public Agent(String url, String token) {
        this(HttpClient.Version.HTTP_1_1, url, token);
    }

    /** A message in the words of the legacy era. */
    public static Map<String, Object> message(Object id, String method, Map<String, ?> params) {
        Map<String, Object> message = new LinkedHashMap<>(Map.of("jsonrpc", "2.0", "method", method, "params", params));
        if (id != null) {
            message.put("id", id);
        }
        return message;
    }

    /** Headers as pairs. */
    public HttpRequest.Builder request(String... headers) {
        return set(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token), headers);
    }

    private static HttpRequest.Builder set(HttpRequest.Builder request, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    public HttpRequest post(Object message, String... headers) {
        try {
            HttpRequest.Builder request = request("Content-Type", "application/json", "Accept",
                    "application/json, text/event-stream");
            return set(request, headers).POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(message))).build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public HttpRequest legacy(Object id, String method, Map<String, ?> params) {
        return post(message(id, method, params), "MCP-Protocol-Version", LEGACY);
    }

    public HttpRequest modern(Object id, String method, Map<String, ?> params) {
        Map<String, Object> all = new LinkedHashMap<>(params);
        Map<String, Object> meta = new LinkedHashMap<>(Map.of("io.modelcontextprotocol/protocolVersion", MODERN,
                "io.modelcontextprotocol/clientCapabilities", Map.of()));
        if (params.get("_meta") instanceof Map<?, ?> more) {
            more.forEach((key, value) -> meta.put(key.toString(), value));
        }
        all.put("_meta", meta);
        String name = params.get("name") instanceof String text ? text : "-";
        return post(message(id, method, all), "MCP-Protocol-Version", MODERN, "Mcp-Method", method, "Mcp-Name", name);
    }

    /** The GET of the legacy era. */
    public EventStream listen(String... headers) {
        return open(set(request("Accept", "text/event-stream", "MCP-Protocol-Version", LEGACY), headers).GET().build());
    }

    public EventStream open(HttpRequest request) {
        return new EventStream(client.sendAsync(request, BodyHandlers.ofInputStream()).join());
    }

    public CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
