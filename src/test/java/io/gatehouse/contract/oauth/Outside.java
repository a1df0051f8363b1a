package io.gatehouse.contract.oauth;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

import org.jose4j.jwk.PublicJsonWebKey;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.FakeIssuer;
import io.gatehouse.testing.MovableClock;
import io.gatehouse.testing.RsaKeys;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Servers that trust an issuer outside, and what their agents are told. */
@Singleton
class Outside {

    static final String AUDIENCE = "orders";
    static final PublicJsonWebKey KEY = named(RsaKeys.ours());

    private static final String DOCUMENT = """
            openapi: 3.0.0
            info: {title: Orders, version: '1'}
            paths: {/orders: {get: {operationId: find}, post: {operationId: order}}}
            """;

    @Inject
    Deployment deployment;
    @Inject
    MovableClock clock;

    /** Another one under the same id. */
    static PublicJsonWebKey key() {
        return named(RsaKeys.another());
    }

    private static PublicJsonWebKey named(PublicJsonWebKey key) {
        key.setKeyId("key");
        return key;
    }

    /** With two tools: find, which only reads, and order, which does not. */
    Published server(String backEnd) {
        return deployment.publish(DOCUMENT, backEnd, Map.of());
    }

    static Map<String, Object> trust(FakeIssuer issuer, String... scopes) {
        return Map.of("issuerURL", issuer.url(), "audience", AUDIENCE, "scopes", List.of(scopes));
    }

    static Map<String, Object> introspection(FakeIssuer issuer) {
        return Map.of("issuerURL", issuer.url(), "audience", AUDIENCE, "useIntrospection", true, "clientId", "gatehouse",
                "clientSecret", "secret");
    }

    /** @param oauth null for none any more */
    Published trusting(Published server, Map<String, ?> oauth) {
        change(server, shown -> shown.putPOJO("oauth", oauth)).statusCode(200);
        return server;
    }

    String id(Published server) {
        return deployment.api().queryParam("view", "full").get("/api/mcp/mcp_servers/" + server.handle()).then()
                .statusCode(200).extract().path("_id");
    }

    ObjectNode shown(Published server) {
        return (ObjectNode) Agent.json(deployment.api().get("/v1/mcpservers/" + id(server)).asString());
    }

    /** The server as the Celigo dialect shows it, but for a change. */
    ValidatableResponse change(Published server, Consumer<ObjectNode> change) {
        ObjectNode shown = shown(server);
        change.accept(shown);
        return deployment.api().body(shown.toString()).put("/v1/mcpservers/" + id(server)).then();
    }

    /** What a good token says. */
    JsonObject claims(FakeIssuer issuer) {
        long now = clock.instant().getEpochSecond();
        return new JsonObject().put("iss", issuer.url()).put("aud", AUDIENCE).put("sub", "alice")
                .put("scope", "mcp:read mcp:write").put("iat", now - 100).put("exp", now + 300);
    }

    static String sign(JsonObject claims) {
        return FakeIssuer.sign(claims, KEY, "RS256");
    }

    String token(FakeIssuer issuer) {
        return sign(claims(issuer));
    }

    String token(FakeIssuer issuer, String scope) {
        return sign(claims(issuer).put("scope", scope));
    }

    static Agent agent(Published server, String token) {
        return new Agent("http://localhost:" + RestAssured.port + server.path(), token);
    }

    static HttpResponse<String> send(Published server, String token, Era era, String method, Map<String, ?> params) {
        Agent agent = agent(server, token);
        return agent.send(era.isModern() ? agent.modern(1, method, params) : agent.legacy(1, method, params)).join();
    }

    /** The same in a session, where a legacy upstream begins one. */
    static HttpResponse<String> inSession(Published server, String token, Era era, String method, Map<String, ?> params) {
        Optional<String> session = era.isModern() ? Optional.empty()
                : send(server, token, era, "initialize", Map.of("protocolVersion", Agent.LEGACY, "capabilities", Map.of(),
                        "clientInfo", Map.of("name", "agent", "version", "1"))).headers().firstValue("Mcp-Session-Id");
        Agent agent = agent(server, token);
        return session.map(id -> agent.send(agent.post(Agent.message(1, method, params), "MCP-Protocol-Version", Agent.LEGACY,
                "Mcp-Session-Id", id)).join()).orElseGet(() -> send(server, token, era, method, params));
    }

    static HttpResponse<String> list(Published server, String token, Era era) {
        return send(server, token, era, "tools/list", Map.of());
    }

    static HttpResponse<String> call(Published server, String token, Era era, String tool) {
        return send(server, token, era, "tools/call", Map.of("name", tool, "arguments", Map.of()));
    }

    static int status(Published server, String token) {
        return list(server, token, Era.LEGACY).statusCode();
    }

    static List<String> names(HttpResponse<String> list) {
        return StreamSupport.stream(Agent.json(list.body()).at("/result/tools").spliterator(), false)
                .map(tool -> tool.path("name").asText()).toList();
    }

    static String challenge(HttpHeaders headers) {
        return headers.firstValue("WWW-Authenticate").orElse(null);
    }

    /** How every challenge of a server begins that OAuth opens. */
    static String bearer(String handle, String scope) {
        return "Bearer resource_metadata=\"http://gatehouse.test/.well-known/oauth-protected-resource/mcp/" + handle
                + "\", scope=\"" + scope + '"';
    }
}
