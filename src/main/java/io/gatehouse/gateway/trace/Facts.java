package io.gatehouse.gateway.trace;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Observation;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Methods;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.platform.telemetry.Signals;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** What the conventions for MCP want to be said of a request that is over. */
final class Facts {

    private static final AttributeKey<String> PROMPT = AttributeKey.stringKey("gen_ai.prompt.name");
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("mcp.protocol.version");
    private static final int LONGEST = 512;

    private final Arrival arrival;
    private final Observation observation;
    private final String error;
    private final String method;
    private final JsonNode params;

    Facts(Arrival arrival, String error) {
        this.arrival = arrival;
        this.observation = arrival.observation();
        this.error = error;
        Turn turn = observation.turn();
        this.method = turn == null || turn.message().method() == null ? null : Methods.known(turn.message().method());
        this.params = turn == null ? null : turn.message().params();
    }

    /** Where the request comes from. */
    static Attributes whence(HttpServerRequest request, Arrival arrival) {
        AttributesBuilder facts = Attributes.builder().put(Signals.PROTOCOL, "http").put(Signals.TRANSPORT, "tcp")
                .put("network.protocol.version", request.version() == HttpVersion.HTTP_2 ? "2"
                        : request.version() == HttpVersion.HTTP_1_0 ? "1.0" : "1.1")
                .put("gatehouse.request.id", arrival.observation().requestId());
        String client = arrival.observation().address();
        if (client != null) {
            facts.put("client.address", client);
            if (client.equals(arrival.peer())) {
                facts.put("client.port", (long) request.remoteAddress().port());
            }
        }
        return facts.build();
    }

    /** Nothing of it is for strangers to choose. */
    String name() {
        if (method == null) {
            return arrival.method();
        }
        String target = observation.tool() != null ? observation.tool() : prompt();
        return target == null ? method : method + ' ' + target;
    }

    private String prompt() {
        return Methods.GET_PROMPT.equals(method) && error == null ? params.path("name").textValue() : null;
    }

    Attributes all() {
        AttributesBuilder facts = measured().toBuilder();
        ServerPlan server = observation.located() == null ? null : observation.located().server().plan();
        if (server != null) {
            facts.put("gatehouse.server.id", server.serverId()).put("gatehouse.workspace.id", server.workspaceId());
        }
        if (observation.rule() != null) {
            facts.put("gatehouse.refused.by", observation.rule());
        }
        put(facts, Signals.TOOL, observation.tool());
        put(facts, PROMPT, prompt());
        put(facts, VERSION, Methods.INITIALIZE.equals(method) ? params.path("protocolVersion").textValue()
                : arrival.header("MCP-Protocol-Version"));
        if (observation.id() != null) {
            put(facts, AttributeKey.stringKey("jsonrpc.request.id"), observation.id().asText());
        }
        if ("resources/read".equals(method)) {
            put(facts, AttributeKey.stringKey("mcp.resource.uri"), withoutQuery(params.path("uri").textValue()));
        }
        if (observation.turn() != null && !observation.turn().edge().isModern()) {
            put(facts, AttributeKey.stringKey("mcp.session.id"), arrival.header("Mcp-Session-Id"));
        }
        return facts.build();
    }

    private static String withoutQuery(String uri) {
        return uri == null ? null : uri.split("[?#]", 2)[0];
    }

    private static void put(AttributesBuilder facts, AttributeKey<String> key, String value) {
        if (value != null && value.length() <= LONGEST) {
            facts.put(key, value);
        }
    }

    /** Few values of each: the tools of all servers are too many. */
    Attributes measured() {
        AttributesBuilder facts = Attributes.builder().put(Signals.PROTOCOL, "http").put(Signals.TRANSPORT, "tcp")
                .put(Signals.METHOD, method == null ? "other" : method);
        if (Methods.CALL_TOOL.equals(method)) {
            facts.put(Signals.OPERATION, Signals.EXECUTE_TOOL);
        }
        if (error != null) {
            facts.put(Signals.ERROR, error);
            if (isNumber(error)) {
                facts.put(Signals.RPC_STATUS, error);
            }
        }
        return facts.build();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
    }
}
