package io.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/**
 * One request that is sent again and again.
 *
 * @param body null for none
 */
record Call(HttpMethod method, int port, String uri, Map<String, String> headers, Buffer body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODERN = "2026-07-28";

    static Call get(int port, String uri, Map<String, String> headers) {
        return new Call(HttpMethod.GET, port, uri, headers, null);
    }

    static Call list(int port, String uri) {
        return mcp(port, uri, "tools/list", "{}", null);
    }

    /** Of the document's tool that is called. */
    static Call tool(int port, String uri) {
        return mcp(port, uri, "tools/call",
                "{\"name\":\"" + Document.CALLED + "\",\"arguments\":" + Document.ARGUMENTS + "}", Document.CALLED);
    }

    /**
     * @param params an object as JSON
     * @param tool the one that is called, or null
     */
    private static Call mcp(int port, String uri, String method, String params, String tool) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json", "Accept",
                "application/json, text/event-stream", "MCP-Protocol-Version", "2025-11-25"));
        String meta = "";
        if (Settings.isModern()) {
            headers.put("MCP-Protocol-Version", MODERN);
            headers.put("Mcp-Method", method);
            if (tool != null) {
                headers.put("Mcp-Name", tool);
            }
            meta = ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + MODERN
                    + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}";
        }
        String members = params.substring(1, params.length() - 1) + meta;
        return new Call(HttpMethod.POST, port, uri, headers, Buffer.buffer("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""
                + method + "\",\"params\":{" + (members.startsWith(",") ? members.substring(1) : members) + "}}"));
    }

    /** The same to somebody else. */
    Call at(int otherPort) {
        return new Call(method, otherPort, uri, headers, body);
    }

    RequestOptions options() {
        RequestOptions options = new RequestOptions().setMethod(method).setHost("127.0.0.1").setPort(port).setURI(uri);
        headers.forEach(options::putHeader);
        return options;
    }

    /** What is wrong with an answer, or null: JSON is due, and of MCP a result that tells of no error. */
    static String fault(int status, Buffer answer) {
        try {
            JsonNode json = JSON.readTree(answer.getBytes());
            boolean isRight = status == 200 && json != null && json.isObject()
                    && (!json.has("jsonrpc") || json.has("result") && !json.at("/result/isError").asBoolean());
            return isRight ? null : status + " " + answer;
        } catch (JsonProcessingException e) {
            return status + " " + answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
