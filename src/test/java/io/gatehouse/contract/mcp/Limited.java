package io.gatehouse.contract.mcp;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.gatehouse.plan.Upstream;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.FakeUpstream;
import io.restassured.response.ValidatableResponse;

/** A server with the tools {@code echo} and {@code other} and a policy, and what comes through to its back end. */
final class Limited implements AutoCloseable {

    private static final String DOCUMENT = """
            {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{
            "/echo":{"get":{"operationId":"echo","parameters":[{"name":"n","in":"query","schema":{"type":"integer"}}]}},
            "/other":{"get":{"operationId":"other"}}}}""";

    /** What stands behind the server. */
    enum Kind {
        COMPOSED,
        PROXIED,
        BRIDGED
    }

    /** Who speaks. */
    enum Era {
        LEGACY,
        MODERN
    }

    final BackEnd backEnd = new BackEnd();
    final FakeUpstream upstream;
    final Published server;
    private final Deployment deployment;
    private int arrived;

    Limited(Deployment deployment, Kind kind, Era era) {
        this.deployment = deployment;
        Upstream.Era other = era == Era.LEGACY ? Upstream.Era.MODERN : Upstream.Era.LEGACY;
        upstream = new FakeUpstream(kind == Kind.BRIDGED ? other : Upstream.Era.DUAL)
                .tools(FakeUpstream.tool("echo", "Echoes."), FakeUpstream.tool("other", "Does not."));
        server = kind == Kind.COMPOSED ? deployment.publish(DOCUMENT, backEnd.url(), Map.of())
                : deployment.proxy(upstream.url(), Map.of());
        upstream.forget();
        if (kind == Kind.PROXIED && era == Era.LEGACY) {
            withoutSessions();
        }
    }

    /** What is relayed as it is would need a session there. */
    private void withoutSessions() {
        for (String method : List.of("initialize", "tools/call", "tools/list", "notifications/cancelled")) {
            upstream.raw(method, (message, response) -> {
                if (message.has("id")) {
                    response.putHeader("Content-Type", "application/json").end("{\"jsonrpc\":\"2.0\",\"id\":"
                            + message.path("id") + ",\"result\":{\"content\":[],\"tools\":[]}}");
                } else {
                    response.setStatusCode(202).end();
                }
            });
        }
    }

    ValidatableResponse policy(String json) {
        return deployment.api().body(json.replace('\'', '"'))
                .put("/api/mcp/mcp_servers/" + server.handle() + "/server_policies").then().statusCode(200);
    }

    /** How many calls of tools came through. */
    int arrivals() {
        while (backEnd.take() != null) {
            arrived++;
        }
        return arrived + upstream.asked("tools/call").size();
    }

    static HttpRequest request(Agent agent, Era era, Object id, String method, Map<String, ?> params) {
        return era == Era.LEGACY ? agent.legacy(id, method, params) : agent.modern(id, method, params);
    }

    static HttpResponse<String> send(Agent agent, Era era, Object id, String method, Map<String, ?> params) {
        return agent.send(request(agent, era, id, method, params)).join();
    }

    HttpResponse<String> send(Era era, Object id, String method, Map<String, ?> params) {
        return send(server.agent(), era, id, method, params);
    }

    HttpResponse<String> call(Era era, String tool) {
        return send(era, "call", "tools/call", Map.of("name", tool));
    }

    @Override
    public void close() {
        backEnd.close();
        upstream.close();
    }
}
