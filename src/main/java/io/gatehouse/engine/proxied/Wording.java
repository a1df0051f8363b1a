package io.gatehouse.engine.proxied;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.HeaderParameter;
import io.vertx.core.buffer.Buffer;

/** Puts messages to upstreams into the words of an era. Gatehouse offers no capability, so that no upstream asks back. */
final class Wording {

    static final String MODERN = "2026-07-28";
    static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";

    private static final String RESERVED = "io.modelcontextprotocol/";
    private static final Set<String> OF_THE_MODERN_ERA = Set.of(RESERVED + "protocolVersion",
            RESERVED + "clientCapabilities", RESERVED + "clientInfo", LOG_LEVEL, RESERVED + "subscriptionId",
            RESERVED + "serverInfo");
    private static final Map<String, String> NAMED_BY = Map.of("tools/call", "name", "prompts/get", "name",
            "resources/read", "uri");

    private Wording() {
    }

    /** A request with all that 2026-07-28 wants in body and headers. */
    static UpstreamRequest modern(long id, Question question, boolean isStream) {
        ObjectNode params = question.params().deepCopy();
        ObjectNode meta = meta(params);
        meta.put(RESERVED + "protocolVersion", MODERN);
        meta.putObject(RESERVED + "clientCapabilities");
        meta.set(RESERVED + "clientInfo", itself());
        question.trail().meta().forEach(meta::put);
        params.set("_meta", meta);
        List<Map.Entry<String, String>> headers = headers(MODERN);
        headers.addAll(question.trail().mcpHeaders());
        headers.add(Map.entry("Mcp-Method", question.method()));
        String named = NAMED_BY.get(question.method());
        if (named != null) {
            headers.add(Map.entry("Mcp-Name", HeaderText.encoded(params.path(named).asText())));
        }
        for (HeaderParameter header : question.headers()) {
            JsonNode argument = params.path("arguments").at(header.argument());
            if (!argument.isMissingNode() && !argument.isNull()) {
                headers.add(Map.entry("Mcp-Param-" + header.name(), HeaderText.encoded(argument.asText())));
            }
        }
        return new UpstreamRequest("POST", headers, body(id, question.method(), params), isStream);
    }

    static UpstreamRequest legacy(LegacySession session, Long id, Question question) {
        ObjectNode params = question.params();
        Map<String, String> trace = question.trail().meta();
        if (params.has("_meta") || !trace.isEmpty()) {
            params = params.deepCopy();
            ObjectNode meta = meta(params);
            trace.forEach(meta::put);
            if (meta.isEmpty()) {
                params.remove("_meta");
            } else {
                params.set("_meta", meta);
            }
        }
        List<Map.Entry<String, String>> headers = headers(session);
        headers.addAll(question.trail().mcpHeaders());
        return new UpstreamRequest("POST", headers, body(id, question.method(), params), false);
    }

    static UpstreamRequest initialize(long id) {
        ObjectNode params = JsonNodeFactory.instance.objectNode().put("protocolVersion", LEGACY.get(0));
        params.putObject("capabilities");
        params.set("clientInfo", itself());
        return new UpstreamRequest("POST", headers((String) null), body(id, "initialize", params), false);
    }

    /** A request of the session that has no body. */
    static UpstreamRequest bare(String method, LegacySession session) {
        return new UpstreamRequest(method, headers(session), null, method.equals("GET"));
    }

    private static ObjectNode itself() {
        return JsonNodeFactory.instance.objectNode().put("name", "gatehouse").put("version", "1");
    }

    /** What the agent's metadata says beside its era. */
    private static ObjectNode meta(ObjectNode params) {
        ObjectNode meta = JsonNodeFactory.instance.objectNode();
        params.path("_meta").properties().stream().filter(entry -> !OF_THE_MODERN_ERA.contains(entry.getKey()))
                .forEach(entry -> meta.set(entry.getKey(), entry.getValue()));
        return meta;
    }

    private static List<Map.Entry<String, String>> headers(LegacySession session) {
        List<Map.Entry<String, String>> headers = headers(session.version());
        if (session.id() != null) {
            headers.add(Map.entry("Mcp-Session-Id", session.id()));
        }
        if (session.cookie() != null) {
            headers.add(Map.entry("Cookie", session.cookie()));
        }
        return headers;
    }

    private static List<Map.Entry<String, String>> headers(String version) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Content-Type", "application/json"));
        headers.add(Map.entry("Accept", "application/json, text/event-stream"));
        if (version != null) {
            headers.add(Map.entry("MCP-Protocol-Version", version));
        }
        return headers;
    }

    private static Buffer body(Long id, String method, ObjectNode params) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        if (id != null) {
            message.put("id", id);
        }
        message.put("method", method).set("params", params);
        return Buffer.buffer(message.toString());
    }
}
