package io.gatehouse.bench;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.buffer.Buffer;

/** A minimal MCP server of both eras, without sessions: as many tools as {@link Document} has, each with the same answer. */
final class McpAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INFO = "{\"name\":\"upstream\",\"version\":\"1\"}";
    private static final String MODERN = ",\"resultType\":\"complete\",\"_meta\":{\"io.modelcontextprotocol/serverInfo\":"
            + INFO + "}";
    private static final String KEPT = ",\"ttlMs\":0,\"cacheScope\":\"private\"";
    private static final String TOOLS = "\"tools\":[" + Document.tools() + "]";
    private static final String CALLED;

    static {
        try {
            CALLED = "\"content\":[{\"type\":\"text\",\"text\":" + JSON.writeValueAsString(Upstream.ITEM)
                    + "}],\"structuredContent\":" + Upstream.ITEM + ",\"isError\":false";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private McpAnswers() {
    }

    /** Null to a notification. */
    static Buffer to(Buffer message) {
        JsonNode request;
        try {
            request = JSON.readTree(message.getBytes());
        } catch (IOException e) {
            return Buffer.buffer("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"No JSON\"}}");
        }
        if (!request.has("id")) {
            return null;
        }
        boolean isModern = request.at("/params/_meta").has("io.modelcontextprotocol/protocolVersion");
        String result = result(request, isModern ? MODERN : "");
        return Buffer.buffer("{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + (result == null
                ? ",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}"
                : ",\"result\":{" + result + "}}"));
    }

    private static String result(JsonNode request, String modern) {
        String kept = modern.isEmpty() ? "" : modern + KEPT;
        return switch (request.path("method").asText()) {
            case "initialize" -> "\"protocolVersion\":" + request.at("/params/protocolVersion")
                    + ",\"capabilities\":{\"tools\":{}},\"serverInfo\":" + INFO;
            case "server/discover" ->
                "\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}" + kept;
            case "ping" -> "";
            case "tools/list" -> TOOLS + kept;
            case "tools/call" -> CALLED + modern;
            default -> null;
        };
    }
}
