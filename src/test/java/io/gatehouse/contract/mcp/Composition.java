package io.gatehouse.contract.mcp;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.gatehouse.plan.BoundedNumbers;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** A server with tools of several sources, as its administrator composes it and as agents of either era use it. */
@Singleton
class Composition {

    static final String SERVERS = "/api/mcp/mcp_servers/";

    private static final JsonMapper JSON = BoundedNumbers.strictMapper();

    @Inject
    Deployment deployment;

    /** Numbers as they are written. */
    static JsonNode exact(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    String upstreamId(Published proxy) {
        return deployment.api().get(SERVERS + proxy.handle() + "?view=full").then().statusCode(200).extract()
                .path("remote.upstream_id");
    }

    /** All tools of what a proxy server stands for. */
    Map<String, Object> whole(Published proxy, String prefix) {
        return Map.of("upstream_id", upstreamId(proxy), "prefix", prefix);
    }

    /** A recorded tool, by what its upstream calls it. */
    JsonPath tool(Published server, String upstreamName) {
        return deployment.api().get(SERVERS + server.handle() + "/tools?view=full").then().statusCode(200).extract()
                .jsonPath().setRootPath("items.find { it.upstream_name == '" + upstreamName + "' }");
    }

    Map<String, Object> reference(Published proxy, String upstreamName) {
        return Map.of("trigger_application", "mcp_proxy", "id", tool(proxy, upstreamName).getString("id"));
    }

    ValidatableResponse assign(Published server, Map<String, ?> body) {
        return deployment.api().body(body).post(SERVERS + server.handle() + "/assign_tools?view=full").then();
    }

    ValidatableResponse assignWhole(Published server, Map<String, ?> source) {
        return assign(server, Map.of("tools", List.of(), "sources", List.of(source)));
    }

    ValidatableResponse put(Published server, String toolId, Map<String, ?> body) {
        return deployment.api().body(body).put(SERVERS + server.handle() + "/tools/" + toolId + "?view=full").then();
    }

    ValidatableResponse refresh(Published proxy) {
        return deployment.api().post(SERVERS + proxy.handle() + "/refresh_tools").then().statusCode(200);
    }

    /** Approves the one change that waits. */
    ValidatableResponse approve(Published proxy) {
        JsonPath change = deployment.api().get(SERVERS + proxy.handle() + "/tool_changes").then().statusCode(200).extract()
                .jsonPath().setRootPath("items[0]");
        return deployment.api()
                .body(change.getString("digest") == null ? Map.of() : Map.of("digest", change.getString("digest")))
                .post(SERVERS + proxy.handle() + "/tool_changes/" + change.getString("tool_id") + "/approve").then();
    }

    static JsonNode send(Published server, Era era, String method, Map<String, ?> params) {
        Agent agent = server.agent();
        HttpResponse<String> answer = agent.send(era.isModern() ? agent.modern(1, method, params)
                : agent.legacy(1, method, params)).join();
        return exact(answer.body());
    }

    static JsonNode list(Published server, Era era) {
        return send(server, era, "tools/list", Map.of()).at("/result/tools");
    }

    static List<String> names(Published server) {
        return names(server, Era.LEGACY);
    }

    static List<String> names(Published server, Era era) {
        return StreamSupport.stream(list(server, era).spliterator(), false).map(tool -> tool.path("name").asText())
                .toList();
    }

    static JsonNode call(Published server, Era era, String tool, Map<String, ?> arguments) {
        return send(server, era, "tools/call", Map.of("name", tool, "arguments", arguments));
    }

    static String text(JsonNode answer) {
        return answer.at("/result/content/0/text").asText();
    }
}
